var root = document.querySelector('.newsdeck');
var kind = root.dataset.kind;
var state = recall(root.dataset.id);
var list = root.querySelector('.answers');
// Right answers of an order stand in their own order; the rest stands as on the front.
var rows = arrange(list, kind === 'order' || kind === 'match' || !state ? null : state.seed);
var picks = state ? state.picks : [];
if (state) {
  state.done = true;
  remember(state);
}

function note(row, words, text) {
  var tag = document.createElement('span');
  tag.className = 'yours';
  say(tag, words, text);
  row.insertBefore(tag, row.querySelector('.rebuttal'));
  row.insertBefore(document.createTextNode(' '), tag);
}
function judge(row, right) {
  row.classList.add(right ? 'hit' : 'miss');
  return right;
}
function rightOf(place) {
  var same = root.querySelector('[data-right="' + place + '"]');
  return same ? (same.querySelector('.right') || same).textContent : '';
}
var judges = {
  order: function (row, at) {
    var given = picks.indexOf(Number(row.dataset.item));
    // The place of an item stays on its mark, so that the sign goes here.
    note(row, given === at ? '✓' : given < 0 ? '✗ not picked' : '✗ you: ' + (given + 1));
    return judge(row, given === at);
  },
  match: function (row, at) {
    if (row.classList.contains('extra')) return null;
    var right = picks[at] === Number(row.dataset.right);
    if (!right && picks[at] >= 0) note(row, 'you: ', rightOf(picks[at]));
    else if (!right) note(row, 'not joined');
    return judge(row, right);
  },
  choice: function (row) {
    var wanted = row.classList.contains('right');
    var picked = picks.indexOf(Number(row.dataset.place)) >= 0;
    if (picked) note(row, 'your answer');
    else if (wanted && kind === 'several') note(row, 'missed');
    if (picked) judge(row, wanted);
    return picked === wanted;
  }
};

function share(right, of) {
  if (kind === 'order' || kind === 'match') return right + ' of ' + of;
  if (kind !== 'several') return 'Wrong';
  var wrong = root.querySelectorAll('.miss').length;
  var found = root.querySelectorAll('.hit').length + ' of ' + root.querySelectorAll('.right').length;
  return wrong ? found + ', and ' + wrong + ' wrong' : found;
}

if (picks.some(function (place) { return place >= 0; })) {
  var judged = rows.map(judges[kind] || judges.choice).filter(function (right) { return right !== null; });
  var right = judged.filter(Boolean).length;
  var verdict = root.querySelector('.verdict');
  var whole = right === judged.length;
  verdict.classList.add(whole ? 'good' : 'bad');
  say(verdict, whole ? '✓ Right' : '✗ ' + share(right, judged.length));
}
