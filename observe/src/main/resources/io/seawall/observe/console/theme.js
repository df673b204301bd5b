// Not a module: it runs before the first paint, so that a stored choice does not flash.
(() => {
  try {
    const theme = localStorage.getItem('seawall-theme');
    if (theme === 'light' || theme === 'dark') {
      document.documentElement.dataset.theme = theme;
    }
  } catch {
    // Storage is forbidden: the system's choice holds.
  }
})();
