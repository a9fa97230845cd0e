// The player compares letter by letter; this says where a deck accepts more than that.
var root = document.querySelector('.newsdeck');
var code = root.querySelector('code#typeans');

function given() {
  var text = '';
  for (var node = code.firstChild; node && node.nodeName !== 'BR'; node = node.nextSibling) {
    if (node.className !== 'typeMissed') text += node.textContent;
  }
  return text;
}
function form(text) {
  if (root.dataset.exact) return text.normalize('NFC').trim();
  return text.normalize('NFKD').toLowerCase().replace(/[\u0300-\u036f'’]|\.(?!\d)/g, '')
    .replace(/[^\p{L}\p{M}\p{N}\p{Sc}%+-]+/gu, ' ').trim().replace(/^(a|an|the) (?=.)/, '');
}
function value(text, range) {
  var unit = root.querySelector('.unit');
  text = text.normalize('NFKC').toLowerCase().replace(/\s/g, '');
  if (unit) text = text.replace(unit.textContent.normalize('NFKC').toLowerCase().replace(/\s/g, ''), '');
  var group = range.dataset.group;
  text = text.replace(new RegExp('\\' + group + '(?=\\d{3}(?!\\d))', 'g'), '').replace('−', '-');
  if (text === '' || text.indexOf(group) >= 0) return NaN;
  return Number(text.replace(range.dataset.point, '.'));
}
// Null where this script cannot tell, as with a number in words.
function accepts(text) {
  var range = root.querySelector('.range');
  if (range) {
    var number = value(text, range);
    if (isNaN(number)) return null;
    return number >= Number(range.dataset.low) && number <= Number(range.dataset.high);
  }
  var accepted = Array.prototype.slice.call(root.querySelectorAll('.shown, .accepted li'));
  return accepted.some(function (item) { return form(item.textContent) === form(text); });
}

// Without an answer the player's box only says the right one, which stands below.
var compared = root.querySelector('.typing');
compared.hidden = true;
if (code && code.querySelector('.typeGood, .typeBad')) {
  var same = !code.querySelector('#typearrow');
  var right = same || accepts(given());
  var verdict = root.querySelector('.verdict');
  if (right !== null) verdict.classList.add(right ? 'good' : 'bad');
  verdict.textContent = right === null ? '' : same ? '✓ Right' : right ? '✓ Accepted: ' + given() : '✗ Not quite';
  compared.hidden = Boolean(right);
  Array.prototype.forEach.call(root.querySelectorAll('.rejected li'), function (item) {
    if (!right && form(item.querySelector('b').textContent) === form(given())) item.classList.add('miss');
  });
}
