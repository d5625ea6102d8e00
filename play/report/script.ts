/**
 * What the page can do beyond being read: a tooltip that follows the pointer,
 * and one release at a time. Without it everything is there, one below the other.
 */
export const script = `
(() => {
  const tip = document.getElementById('tip');
  for (const title of document.querySelectorAll('svg title')) {
    if (title.parentNode.tagName === 'svg') continue;
    title.parentNode.setAttribute('data-tip', title.textContent);
    title.remove();
  }
  const show = (text, x, y) => {
    tip.textContent = text;
    tip.hidden = false;
    const { width, height } = tip.getBoundingClientRect();
    tip.style.left = Math.max(8, Math.min(x + 14, innerWidth - width - 8)) + 'px';
    tip.style.top = (y + 18 + height > innerHeight ? Math.max(8, y - height - 12) : y + 18) + 'px';
  };
  document.addEventListener('pointermove', (event) => {
    const target = event.target.closest && event.target.closest('[data-tip]');
    if (target) show(target.getAttribute('data-tip'), event.clientX, event.clientY);
    else tip.hidden = true;
  });
  document.addEventListener('scroll', () => { tip.hidden = true; }, true);
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') tip.hidden = true; });

  const nav = document.querySelector('.tabs');
  const tabs = nav ? [...nav.querySelectorAll('a')] : [];
  if (tabs.length < 2) return;
  const panels = tabs.map((tab) => document.getElementById(tab.hash.slice(1)));
  nav.setAttribute('role', 'tablist');
  const choose = (chosen) => {
    tabs.forEach((tab, index) => {
      tab.setAttribute('aria-selected', index === chosen);
      tab.tabIndex = index === chosen ? 0 : -1;
      panels[index].hidden = index !== chosen;
    });
  };
  const chooseByHash = () => {
    const index = panels.findIndex((panel) => '#' + panel.id === location.hash);
    if (index === -1) return false;
    choose(index);
    return true;
  };
  tabs.forEach((tab, index) => {
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-controls', panels[index].id);
    panels[index].setAttribute('role', 'tabpanel');
    tab.addEventListener('click', (event) => {
      event.preventDefault();
      history.replaceState(null, '', tab.hash);
      choose(index);
    });
    tab.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const next = (index + step + tabs.length) % tabs.length;
      tabs[next].focus();
      tabs[next].click();
    });
  });
  addEventListener('hashchange', () => { if (chooseByHash()) document.querySelector(location.hash).scrollIntoView(); });
  addEventListener('beforeprint', () => panels.forEach((panel) => { panel.hidden = false; }));
  addEventListener('afterprint', () => { if (!chooseByHash()) choose(0); });
  if (!chooseByHash()) choose(0);
})();
`;
