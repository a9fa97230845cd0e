// When two texts count as the same, and when one is a slip of the other: as the terminal has it
// (text.py, grade.py). What is typed arrives without accents, so that all of them go here.
var LONG = 5; // the fewest letters of a word in which one slip is forgiven
var MOST_SLIPS = 2;
var LETTERS = { 'ł': 'l', 'ø': 'o', 'đ': 'd', 'ð': 'd', 'þ': 'th', 'æ': 'ae', 'œ': 'oe', 'ı': 'i', 'ħ': 'h', 'ŧ': 't', 'ŋ': 'n' };

function plainSigns(text) {
  return text.normalize('NFKC').replace(/[‐‑‒–—―−﹘﹣－]/g, '-').replace(/[‘’‚‛′`´ʼ＇]/g, "'")
    .replace(/[“”„‟″«»‹›＂]/g, '"');
}
function comparable(text) {
  // By way of capitals, as "ß" and "SS" are the same.
  var folded = plainSigns(text).toUpperCase().toLowerCase().replace(/ς/g, 'σ').normalize('NFD')
    .replace(/\p{M}/gu, '').normalize('NFC')
    .replace(/[łøđðþæœıħŧŋ]/g, function (letter) { return LETTERS[letter]; })
    .replace(/[^\x00-\x7f\p{L}\p{N}\p{Sc}\p{Sm}\p{So}\u200c\u200d]/gu, ' ');
  // Some marks go without a trace, others part words; within a number they mean something.
  var bare = folded.replace(/['`.]/g, function (mark, at) {
    var ends = /[\p{L}_).\]]/u.test(folded.charAt(at - 1)) || !/\p{Nd}/u.test(folded.charAt(at + 1));
    return mark === '.' && !ends ? mark : '';
  });
  bare = bare.replace(/[!"&()*;?@[\\\]^_{},/:-]/g, function (mark, at) {
    var before = bare.charAt(at - 1), after = bare.slice(at + 1, at + 3);
    var signs = mark === '-' && /^[\s(]?$/.test(before) && /^\.?\p{Nd}/u.test(after);
    var groups = /[,/:]/.test(mark) && /\p{Nd}/u.test(before) && /^\p{Nd}/u.test(after);
    return signs || groups ? mark : ' ';
  });
  var words = bare.trim().split(/\s+/);
  if (words.length > 1 && /^(a|an|the)$/.test(words[0]) && folded.indexOf(words[0] + '-') !== 0) words.shift();
  return words.join(' ') || text.trim();
}

// The slips between two texts: letters left out, added, changed, or two that changed places.
function distance(one, other) {
  var rows = [];
  for (var i = 0; i <= one.length; i++) {
    rows.push([i]);
    for (var j = 1; j <= other.length; j++) {
      if (i === 0) { rows[0].push(j); continue; }
      var slips = Math.min(rows[i - 1][j], rows[i][j - 1]) + 1;
      slips = Math.min(slips, rows[i - 1][j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
      var swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      rows[i].push(swapped ? Math.min(slips, rows[i - 2][j - 2] + 1) : slips);
    }
  }
  return rows[one.length][other.length];
}
// What gives a text's numbers their value.
function figures(text) {
  var digits = text.match(/\p{Nd}+/gu);
  return digits ? digits.join(' ') + text.replace(/[\p{L}\p{N}_\s]/gu, '') : '';
}
// The slips of a text, Infinity where they are more than are forgiven.
function slips(given, wanted) {
  if (figures(given) !== figures(wanted)) return Infinity;
  if (given.replace(/ /g, '') === wanted.replace(/ /g, '')) return 0;
  var words = given.split(' '), others = wanted.split(' ');
  if (words.length !== others.length) return Infinity;
  return words.reduce(function (sum, word, at) {
    var other = others[at], wrong = word === other ? 0 : distance(word, other);
    var forgiven = wrong === 0 || (wrong === 1 && other.length >= LONG && word[0] === other[0]);
    return forgiven ? sum + wrong : Infinity;
  }, 0);
}
function groupOf(language) {
  try {
    var parts = new Intl.NumberFormat(language).formatToParts(1234567);
    return plainSigns(parts.filter(function (part) { return part.type === 'group'; })[0].value);
  } catch (unknown) {
    return ',';
  }
}
function ungrouped(text, language) {
  return text.replace(new RegExp('(\\p{Nd})[' + groupOf(language) + '](?=\\p{Nd}{3}(?!\\p{Nd}))', 'gu'), '$1');
}
function near(given, accepted, rejected, language) {
  var plain = ungrouped(given, language);
  var fewest = Math.min.apply(null, accepted.map(function (form) {
    return slips(plain, ungrouped(form, language));
  }));
  return fewest <= MOST_SLIPS && rejected.every(function (form) {
    return accepted.indexOf(form) >= 0 || distance(given, form) > fewest;
  });
}
