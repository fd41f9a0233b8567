// Scripts run: said before anything is shown, so that nothing has to move when they come.

document.documentElement.classList.add("scripted");
