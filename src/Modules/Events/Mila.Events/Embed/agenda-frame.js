// Tells the page around this frame how high its contents are.
(() => {
  'use strict';
  let last = 0;
  const tell = () => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    if (height === last) return;
    last = height;
    parent.postMessage({ type: 'mila-agenda-height', height }, '*');
  };
  addEventListener('load', tell);
  new ResizeObserver(tell).observe(document.documentElement);
})();
