var root = document.querySelector('.newsdeck');
var kind = root.dataset.kind;
var state = recall(root.dataset.id);
// A front shown again before its back is the same card still: it keeps its order and picks.
if (!state || state.done) {
  state = { id: root.dataset.id, seed: Math.floor(Math.random() * 4294967296), picks: [] };
}
remember(state);

var matching = kind === 'match';
var options = arrange(root.querySelector(matching ? '.rights' : '.options'), state.seed);
var rows = matching ? Array.prototype.slice.call(root.querySelectorAll('.lefts > li')) : options;
var active = 0;
var byKeys = false; // whether the focus came by keys: after a tap the space bar shows the answer

function placeOf(item) { return Number(item.dataset.place); }
function picked(item) { return state.picks.indexOf(placeOf(item)) >= 0; }

// Tick an item or take the tick back; `picks` lists places, in the order of ticking.
function pick(item, on) {
  var place = placeOf(item);
  var others = kind === 'several' || kind === 'order' ? state.picks : [];
  state.picks = others.filter(function (other) { return other !== place; });
  if (on) state.picks.push(place);
  show();
}
// Give the left of a row a right, -1 for none; `picks` has a place for each left.
function join(row, place) {
  while (state.picks.length < rows.length) state.picks.push(-1);
  state.picks[row] = place;
  show();
}
function turn(row, step) {
  var now = -1;
  options.forEach(function (option, at) {
    if (placeOf(option) === state.picks[row]) now = at;
  });
  var next = (now + 1 + step + options.length + 1) % (options.length + 1) - 1;
  join(row, next < 0 ? -1 : placeOf(options[next]));
}
function free() {
  for (var step = 1; step <= rows.length; step++) {
    var row = (active + step) % rows.length;
    if (!(state.picks[row] >= 0)) return row;
  }
  return active;
}

function show() {
  remember(state);
  rows.forEach(function (row, at) {
    if (!matching) {
      row.setAttribute('aria-pressed', picked(row));
      row.dataset.mark = kind === 'order' && picked(row) ? state.picks.indexOf(placeOf(row)) + 1 : '';
      return;
    }
    row.setAttribute('aria-pressed', at === active);
    var right = options.filter(function (option) { return placeOf(option) === state.picks[at]; })[0];
    row.querySelector('.slot').textContent = right ? right.textContent : '';
  });
  if (matching) {
    options.forEach(function (option) { option.classList.toggle('used', picked(option)); });
  }
}

function tap(item) {
  var row = rows.indexOf(item);
  if (!matching) {
    pick(item, !picked(item));
  } else if (row < 0) {
    join(active, placeOf(item));
    active = free();
    show();
    rows[active].scrollIntoView({ block: 'nearest' });
  } else {
    if (row === active) join(row, -1);
    active = row;
    show();
  }
}
rows.concat(matching ? options : []).forEach(function (item) {
  item.setAttribute('role', 'button');
  item.classList.add('tappable');
  item.tabIndex = 0;
  item.addEventListener('click', function (event) {
    event.stopPropagation();
    byKeys = false;
    tap(item);
  });
});

// Digits, letters and the space bar belong to the player of the cards; arrows are free.
function press(event) {
  if (!root.isConnected || event.altKey || event.ctrlKey || event.metaKey) return;
  var at = rows.indexOf(document.activeElement);
  var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  var change = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step || change || event.key === 'Tab') byKeys = true;
  if (step) {
    at = at < 0 ? (step > 0 ? 0 : rows.length - 1) : (at + step + rows.length) % rows.length;
    rows[at].focus();
    if (matching) { active = at; show(); }
  } else if (change && at >= 0) {
    if (matching) turn(at, change); else pick(rows[at], change > 0);
  } else if (byKeys && (event.key === 'Enter' || event.key === ' ') && document.activeElement.dataset.place) {
    tap(document.activeElement);
    event.stopPropagation();
  } else {
    return;
  }
  event.preventDefault();
}
// In one player all cards share one document: the card before must not listen on.
document.removeEventListener('keydown', window.newsdeckPress, true);
window.newsdeckPress = press;
document.addEventListener('keydown', press, true);
root.classList.add('alive');
show();
