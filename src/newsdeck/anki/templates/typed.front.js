var box = document.querySelector('input#typeans');
if (box && document.querySelector('.newsdeck').dataset.kind === 'number') box.inputMode = 'decimal';
