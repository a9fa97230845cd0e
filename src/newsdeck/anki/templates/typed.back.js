// The player compares letter by letter; this judges as the terminal does.
var root = document.querySelector('.newsdeck');
var code = root.querySelector('code#typeans');
var compared = root.querySelector('.typing');
var others = root.querySelector('.others');
var exact = Boolean(root.dataset.exact);

function given() {
  var text = '';
  for (var node = code.firstChild; node && node.nodeName !== 'BR'; node = node.nextSibling) {
    if (node.className !== 'typeMissed') text += node.textContent;
  }
  return text;
}
function form(text) { return exact ? text.normalize('NFC').trim() : comparable(text); }
function texts(selector) {
  return Array.prototype.map.call(root.querySelectorAll(selector), function (item) { return item.textContent; });
}
function inRange(text, range) {
  var unit = texts('.unit')[0] || '', set = range.dataset;
  var number = numberOf(text, unit, set.group, set.point, root.lang.slice(0, 2) === 'en');
  if (isNaN(number)) return 'unread';
  return number >= Number(set.low) && number <= Number(set.high) ? 'accepted' : 'wrong';
}
function judged(text) {
  var range = root.querySelector('.range');
  if (range) return inRange(text, range);
  var typed = form(text), accepted = texts('.shown, .accepted li').map(form);
  var rejected = texts('.rejected b').map(form);
  if (rejected.indexOf(typed) >= 0) return 'rejected';
  if (accepted.indexOf(typed) >= 0) return 'accepted';
  return !exact && near(typed, accepted, rejected, root.lang) ? 'near' : 'wrong';
}
// Of what the deck says to wrong answers only what was earned is shown at once.
function rebut(text) {
  Array.prototype.forEach.call(root.querySelectorAll('.rejected b'), function (item) {
    if (form(item.textContent) === form(text)) root.querySelector('.earned').appendChild(item.parentNode);
  });
}

compared.hidden = true;
if (code && code.querySelector('.typeGood, .typeBad')) {
  var text = given();
  var result = code.querySelector('#typearrow') ? judged(text) : 'right';
  var words = {
    right: '✓ Right', accepted: '✓ Accepted: ', near: '✓ Right, but check the spelling',
    wrong: '✗ Wrong', rejected: '✗ Wrong: ', unread: 'Not read as a number: '
  }[result];
  var verdict = root.querySelector('.verdict');
  if (result !== 'unread') verdict.classList.add(words[0] === '✓' ? 'good' : 'bad');
  say(verdict, words, words.slice(-2) === ': ' && text);
  compared.hidden = result !== 'near' && result !== 'wrong';
  if (result === 'rejected') rebut(text);
}
if (others) {
  others.hidden = !others.querySelector('li, .range');
  others.open = root.dataset.kind === 'number';
}
