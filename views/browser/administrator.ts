/* Saves the exact document on the administrator's page as a file. */
document.querySelectorAll<HTMLElement>('[data-download]').forEach((button) => {
  const field = document.getElementById(button.dataset['downloadFrom'] ?? '');
  if (!(field instanceof HTMLTextAreaElement)) return;
  button.addEventListener('click', () => {
    const address = URL.createObjectURL(new Blob([field.value], { type: 'application/xml' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = button.dataset['download'] ?? 'response.xml';
    link.click();
    URL.revokeObjectURL(address);
  });
});
