// What a card's front tells its back: the seed of the shuffle and what was picked. Kept in
// sessionStorage, as some players load each side as a page of its own, and in the window, as
// others deny storage.
function recall(id) {
  var state = window.newsdeckState;
  try {
    state = JSON.parse(sessionStorage.getItem('newsdeck')) || state;
  } catch (denied) { /* the window's copy stands */ }
  return state && state.id === id ? state : null;
}
function remember(state) {
  window.newsdeckState = state;
  try {
    sessionStorage.setItem('newsdeck', JSON.stringify(state));
  } catch (denied) { /* the window's copy stands */ }
}
// Put a list's items in the order of a seed, each knowing the place that it had in the field.
function arrange(list, seed) {
  var items = Array.prototype.slice.call(list.children);
  items.forEach(function (item, place) { item.dataset.place = place; });
  if (list.dataset.fixed !== undefined || seed === null) return items;
  for (var last = items.length - 1; last > 0; last--) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    var other = Math.floor(seed / 4294967296 * (last + 1));
    var moved = items[last];
    items[last] = items[other];
    items[other] = moved;
  }
  items.forEach(function (item) { list.appendChild(item); });
  return items;
}
