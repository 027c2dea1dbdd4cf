/** Files dropped anywhere on the page are put up for sending; on a feed's own place, to that feed. */

import { go } from './route.js';
import { transfers } from './transfers.js';

export function catchFiles() {
  let depth = 0;
  const over = (yes) => document.body.classList.toggle('dropping', yes);
  const hasFiles = (event) => event.dataTransfer?.types.includes('Files');

  addEventListener('dragenter', (event) => {
    if (!hasFiles(event)) return;
    depth += 1;
    over(true);
  });
  addEventListener('dragleave', (event) => {
    if (!hasFiles(event)) return;
    depth = Math.max(0, depth - 1);
    over(depth > 0);
  });
  addEventListener('dragover', (event) => hasFiles(event) && event.preventDefault());
  addEventListener('drop', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = 0;
    over(false);
    const feed = event.target.closest?.('[data-feed]')?.dataset.feed ?? '';
    transfers.add([...event.dataTransfer.files], feed);
    go(['upload']);
  });
}
