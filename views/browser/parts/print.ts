/** Prints the page. Without scripts the button stays hidden, and the browser's own menu prints. */
export function print(button: HTMLElement): void {
  button.hidden = false;
  button.addEventListener('click', () => {
    window.print();
  });
}
