// Put words of ours into a place, and a text of the deck's or the learner's after them: each runs in
// the direction of its own letters, whatever the language of the deck.
function say(place, words, text) {
  var ours = document.createElement('bdi');
  ours.textContent = words;
  if (text) {
    var theirs = document.createElement('bdi');
    theirs.textContent = text;
    ours.appendChild(theirs);
  }
  place.appendChild(ours);
}
