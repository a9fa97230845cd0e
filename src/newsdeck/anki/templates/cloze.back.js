// A note has a card for each gap: what else is right for the others is not this card's to tell.
var root = document.querySelector('.newsdeck');
var asked = Array.prototype.map.call(root.querySelectorAll('.prompt .cloze'), function (gap) { return gap.textContent; });
var accepted = root.querySelector('.accepted');
Array.prototype.forEach.call(root.querySelectorAll('.accepted li'), function (item) {
  var gap = item.querySelector('.gap');
  if (gap && asked.indexOf(gap.textContent) < 0) item.remove();
  else if (gap) gap.parentNode.remove();
});
if (accepted && !accepted.children.length) accepted.remove();
