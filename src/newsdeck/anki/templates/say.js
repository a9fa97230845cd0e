// Put words of ours into a place, and a text of the deck's or the learner's after them. Ours run
// from left to right, whatever the language of the deck; theirs as they run by themselves.
function say(place, words, text) {
  var ours = document.createElement('bdi');
  ours.dir = 'ltr';
  ours.textContent = words;
  if (text) {
    var theirs = document.createElement('bdi');
    theirs.textContent = text;
    ours.appendChild(theirs);
  }
  place.appendChild(ours);
}
