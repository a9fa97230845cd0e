// What number a text writes, as number.py reads it: NaN where it writes none, or one in words or
// in a currency's name that are not known here.
var MAGNITUDES = { thousand: 3, million: 6, billion: 9, trillion: 12 };
var WORDS = ('zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen '
  + 'fifteen sixteen seventeen eighteen nineteen twenty').split(' ');
var UNITS = ['%|percent|per cent', '$|us$|usd|dollar|dollars|us dollar|us dollars', '€|eur|euro|euros',
  '£|gbp|pound|pounds', '¥|jpy|yen'];

function digit(character) {
  var code = character.codePointAt(0), value = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++;
  return value % 10;
}
function foldedNumber(text) {
  return plainSigns(text).replace(/٬/g, ',').replace(/٫/g, '.').replace(/\p{Nd}/gu, digit)
    .toLowerCase().trim().replace(/\s+/g, ' ');
}
function withoutUnit(written, unit) {
  if (!unit) return written;
  var forms = [unit, unit.replace(/s$/, ''), unit + 's'];
  UNITS.forEach(function (same) {
    if (same.split('|').indexOf(unit) >= 0) forms = same.split('|');
  });
  if (MAGNITUDES[unit.split(' ')[0]]) forms.push(unit.split(' ')[0]);
  forms.sort(function (one, other) { return other.length - one.length; });
  var sign = /^[+-]/.test(written) ? written[0] : '';
  var body = written.slice(sign.length).trim();
  var both = /^\p{L}{2}$/u; // the "n" of "seven" is no unit
  for (var form of forms) {
    var rest = body.length - form.length;
    if (form && body.endsWith(form) && !both.test(body.charAt(rest - 1) + form[0])) {
      return (sign + body.slice(0, rest)).trim();
    }
    if (form && body.startsWith(form) && !both.test(form.slice(-1) + body.charAt(form.length))) {
      return sign + body.slice(form.length).trim();
    }
  }
  return written;
}
function numberOf(text, unit, group, point, english) {
  var whole = withoutUnit(foldedNumber(text), foldedNumber(unit)), written = whole, zeros = 0;
  for (var word in MAGNITUDES) {
    if (written.endsWith(word)) {
      written = written.slice(0, -word.length).trim();
      zeros = MAGNITUDES[word];
      break;
    }
  }
  if (english && WORDS.indexOf(written) >= 0 && whole.split(' ')[0] === written) {
    written = String(WORDS.indexOf(written));
  }
  var digits = '[0-9]+|[1-9][0-9]{0,2}(?:\\' + group + '[0-9]{3})+|';
  var found = new RegExp('^([+-]?) ?(' + digits + ')(?:\\' + point + '([0-9]+))?$').exec(written);
  if (!found || !(found[2] || found[3])) return NaN;
  return Number(found[1] + (found[2].replace(/[^0-9]/g, '') || '0') + '.' + (found[3] || '0') + 'e' + zeros);
}
