/** Tabs: arrow keys move between them, the address names the one that is shown. */

/**
 * Makes tabs of a list of them.
 *
 * @param list the element of role `tablist`
 * @param told given the id of each panel and whether it is shown now, when that changes
 * @returns shows the panel of an id
 */
export function tabs(list, told) {
  const all = [...list.querySelectorAll('[role=tab]')];
  const panelOf = (tab) => document.getElementById(tab.getAttribute('aria-controls'));
  let shown = null;

  const show = (tab, focus = false) => {
    if (focus) tab.focus();
    if (tab === shown) return;
    shown = tab;
    for (const each of all) {
      const is = each === tab;
      each.setAttribute('aria-selected', is);
      each.tabIndex = is ? 0 : -1;
      panelOf(each).hidden = !is;
      told(panelOf(each).id, is);
    }
  };

  for (const tab of all) tab.addEventListener('click', () => show(tab));
  list.addEventListener('keydown', (event) => {
    const at = all.indexOf(shown);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    show(all.at(to % all.length), true);
  });
  return (id) => show(all.find((tab) => panelOf(tab).id === id) ?? all[0]);
}
