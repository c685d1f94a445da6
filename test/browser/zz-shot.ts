import { chromium } from 'playwright-core';
import { chromiumOptions } from '/work/main/test/support/chromium.ts';
import { openGallery } from '/work/main/test/support/gallery.ts';
import { axe } from '/work/main/test/support/browser.ts';
const g = await openGallery();
const b = await chromium.launch(chromiumOptions());
const names = process.argv.slice(2);
for (const name of names) for (const colorScheme of ['light','dark'] as const) for (const width of [390,1280]) {
  const p = await b.newPage({ javaScriptEnabled: !name.startsWith('idp-'), colorScheme, viewport: { width, height: width===390?844:800 } });
  await p.goto(g.origin + '/' + name, { waitUntil: 'commit' });
  await p.evaluate('new Promise((done) => document.readyState === "complete" ? done() : addEventListener("load", () => done()))');
  let t = performance.now(); const f = await axe(p); const first = performance.now()-t;
  t = performance.now(); await axe(p); const again = performance.now()-t;
  t = performance.now(); await p.evaluate('axe.run(document,{runOnly:["color-contrast"],preload:false})'); 
  console.log(name, colorScheme, width, f, Math.round(first), Math.round(again), Math.round(performance.now()-t));
  await p.screenshot({ path: `/tmp/shots/${name}-${colorScheme}-${width}.png` });
  await p.close();
}
await b.close(); await g.stop(); process.exit(0);
