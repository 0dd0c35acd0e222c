/** The page begins: the view from the address, the page on the screen, the line to the server. */
import '@fontsource/be-vietnam-pro/400.css';
import '@fontsource/be-vietnam-pro/600.css';
import './theme/tokens.css';
import './theme/base.css';
import './theme/print.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { enterByAddress } from './session/session.svelte.ts';
import { openAddress } from './view/history.svelte.ts';

const target = document.getElementById('app');
if (!target) throw new Error('the page has no element #app');

openAddress();
void enterByAddress();
// Not waited for up here: a part that comes later asks for this file, which has to be through by then.
if (location.pathname === '/wall')
  void import('./wall/Wall.svelte').then(({ default: Wall }) => mount(Wall, { target }));
else mount(App, { target });
