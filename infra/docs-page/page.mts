// The page /v1/docs: it finds operations and signs in, and shows each operation with Swagger UI.

import { createClient, isArtistHubError } from '../../clients/typescript/src/index.js';

interface Sample {
  lang: string;
  label: string;
  source: string;
}

interface Operation {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  'x-codeSamples'?: Sample[];
}

interface Contract {
  info: { title: string; version: string; description: string };
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Record<string, unknown>>;
}

interface Entry {
  method: string;
  path: string;
  operation: Operation;
  /** What the search looks at. */
  words: string;
}

interface SwaggerSystem {
  React: { createElement(component: unknown): unknown };
}

declare const SwaggerUIBundle: (options: object) => void;

// What most people do first, in this order.
const FIRST = [
  'signUp',
  'createUser',
  'createCasting',
  'setCastingStatus',
  'searchCastings',
  'applyToCasting',
  'listApplicants',
  'setApplicationStatus',
];
const TASKS: Record<string, string> = {
  accounts: 'Sign up and sign in',
  users: 'Keep a profile',
  castings: 'Publish castings',
  search: 'Search castings and people',
  matching: 'Get matches',
  applications: 'Apply and choose applicants',
  saved: 'Save castings for later',
  connections: 'Connect with and block people',
  notifications: 'Be notified',
  media: 'Upload files',
  pictures: 'Show pictures of people',
  reports: 'Report content',
  exports: 'Export your data',
  admin: 'Moderate',
  meta: 'Check the API itself',
};

const base = new URL('..', location.href).href.replace(/\/$/, '');
const api = createClient({
  url: base,
  userPoolId: document.documentElement.dataset.userPool ?? '',
});

function byId<Kind extends HTMLElement>(id: string): Kind {
  return document.getElementById(id) as Kind;
}

function make(name: string, fields: Record<string, string> = {}, ...inside: (Node | string)[]) {
  const element = document.createElement(name);
  for (const [field, value] of Object.entries(fields)) element.setAttribute(field, value);
  element.append(...inside);
  return element;
}

/** The little Markdown that the contract uses: paragraphs, lists and code. */
function prose(text: string): HTMLElement[] {
  return text
    .trim()
    .split(/\n\n+/)
    .map((block) => {
      if (!block.startsWith('- ')) return make('p', {}, ...line(block));
      const items = block.slice(2).split(/\n- /);
      return make('ul', {}, ...items.map((item) => make('li', {}, ...line(item))));
    });
}

function line(text: string): (Node | string)[] {
  return text
    .split(/`([^`]*)`/)
    .map((part, number) => (number % 2 ? make('code', {}, part) : part));
}

function entriesOf(contract: Contract): Entry[] {
  return Object.entries(contract.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => operation.operationId)
      .map(([method, operation]) => {
        const { operationId, summary, description, tags } = operation;
        const tasks = tags.map((tag) => `${tag} ${TASKS[tag] ?? ''}`);
        const words = [operationId, method, path, summary, description, ...tasks].join(' ');
        return { method, path, operation, words: words.toLowerCase() };
      })
  );
}

function link({ method, operation }: Entry): HTMLElement {
  const name = method === 'delete' ? 'del' : method;
  return make(
    'a',
    { href: `#${operation.operationId}`, title: operation.operationId },
    make('span', { class: `method ${method}` }, name),
    operation.summary.replace(/\.$/, '')
  );
}

function listOf(title: string, entries: Entry[]): HTMLElement {
  const items = entries.map((entry) => make('li', {}, link(entry)));
  return make('section', {}, make('h2', {}, title), make('ul', {}, ...items));
}

/** The navigation: first calls and tasks, or what the search finds. */
function navigation(contract: Contract, entries: Entry[], search: string): HTMLElement[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length) {
    const named = (entry: Entry) =>
      wanted.every((word) =>
        `${entry.operation.operationId} ${entry.operation.summary}`.toLowerCase().includes(word)
      );
    const found = entries.filter((entry) => wanted.every((word) => entry.words.includes(word)));
    found.sort((one, other) => Number(named(other)) - Number(named(one)));
    return [listOf(found.length === 1 ? '1 operation' : `${found.length} operations`, found)];
  }
  const tasks = contract.tags.map((tag) =>
    listOf(
      TASKS[tag.name] ?? tag.name,
      entries.filter((entry) => entry.operation.tags.includes(tag.name))
    )
  );
  return [listOf('First calls', first(entries)), ...tasks];
}

function first(entries: Entry[]): Entry[] {
  const of = new Map(entries.map((entry) => [entry.operation.operationId, entry]));
  return FIRST.flatMap((id) => of.get(id) ?? []);
}

/** A contract with one operation, and the components that it needs. */
function contractOf(contract: Contract, { method, path, operation }: Entry): object {
  const components: Record<string, Record<string, unknown>> = {
    securitySchemes: contract.components.securitySchemes ?? {},
  };
  const add = (part: unknown) => {
    for (const [, section, name] of JSON.stringify(part).matchAll(
      /#\/components\/(\w+)\/([^"]+)"/g
    )) {
      components[section as string] ??= {};
      const kept = components[section as string] as Record<string, unknown>;
      if ((name as string) in kept) continue;
      kept[name as string] = contract.components[section as string]?.[name as string];
      add(kept[name as string]);
    }
  };
  add(operation);
  const { info } = contract;
  return {
    openapi: '3.1.0',
    info,
    servers: [{ url: base }],
    paths: { [path]: { [method]: operation } },
    components,
  };
}

function samplesOf(samples: Sample[]): HTMLElement {
  const chosen = localStorage.getItem('language') ?? samples[0]?.lang;
  const code = make('code');
  const show = (sample: Sample, tab: Element) => {
    for (const each of tab.parentElement?.children ?? [])
      each.setAttribute('aria-pressed', String(each === tab));
    code.textContent = sample.source;
  };
  const tabs = samples.map((sample) => {
    const tab = make('button', { type: 'button' }, sample.label);
    tab.addEventListener('click', () => {
      localStorage.setItem('language', sample.lang);
      show(sample, tab);
    });
    return tab;
  });
  const copy = make('button', { type: 'button', class: 'copy' }, 'Copy');
  copy.addEventListener('click', async () => {
    await navigator.clipboard.writeText(code.textContent ?? '');
    copy.textContent = 'Copied';
  });
  const box = make(
    'section',
    { class: 'samples', 'aria-label': 'Code samples' },
    make(
      'div',
      { class: 'tabs' },
      make('div', { role: 'group', 'aria-label': 'Language' }, ...tabs),
      copy
    ),
    make('pre', { tabindex: '0' }, code)
  );
  const start = Math.max(
    0,
    samples.findIndex((sample) => sample.lang === chosen)
  );
  if (samples[start]) show(samples[start], tabs[start] as Element);
  return box;
}

/** Shows only operations: the page has the rest. */
const onlyOperations = ({ React }: SwaggerSystem) => ({
  components: {
    OnlyOperations: ({
      getComponent,
    }: {
      getComponent(name: string, isConnected: boolean): unknown;
    }) => React.createElement(getComponent('operations', true)),
  },
});

function showOperation(contract: Contract, entry: Entry): HTMLElement[] {
  const { operation } = entry;
  const domNode = make('div', { class: 'swagger-ui' });
  name(domNode);
  SwaggerUIBundle({
    domNode,
    spec: contractOf(contract, entry),
    plugins: [onlyOperations],
    layout: 'OnlyOperations',
    docExpansion: 'full',
    defaultModelRendering: 'example',
    defaultModelExpandDepth: 2,
    displayRequestDuration: true,
    tryItOutEnabled: true,
    validatorUrl: null,
    // Its colors have too little contrast.
    syntaxHighlight: false,
    requestInterceptor: async (request: { headers: Record<string, string> }) => {
      const token = await api.auth.token();
      if (token) request.headers.Authorization = `Bearer ${token}`;
      return request;
    },
  });
  const samples = operation['x-codeSamples'] ?? [];
  return [
    make('h1', {}, operation.summary.replace(/\.$/, '')),
    make(
      'p',
      { class: 'id' },
      make('span', {}, 'Operation '),
      make('code', {}, operation.operationId)
    ),
    ...(samples.length ? [samplesOf(samples)] : []),
    make('div', { class: 'swagger' }, domNode),
  ];
}

/**
 * Give names to the fields that Swagger UI leaves without, let the keyboard scroll its examples, and put its
 * headings below the page's own.
 */
function name(domNode: HTMLElement): void {
  new MutationObserver(() => {
    for (const field of domNode.querySelectorAll('select:not([aria-label])')) {
      field.setAttribute(
        'aria-label',
        field.matches('.examples-select-element') ? 'Example' : 'Choice'
      );
    }
    for (const field of domNode.querySelectorAll('textarea:not([aria-label])'))
      field.setAttribute('aria-label', 'Request body');
    for (const button of domNode.querySelectorAll(
      '.json-schema-2020-12-accordion:not([aria-label])'
    )) {
      if (!button.textContent?.trim()) button.setAttribute('aria-label', 'Show or hide the fields');
    }
    for (const box of domNode.querySelectorAll('pre:not([tabindex])'))
      box.setAttribute('tabindex', '0');
    for (const heading of domNode.querySelectorAll('h4:not([aria-level]), h5:not([aria-level])')) {
      const isSection = heading.matches('.opblock-title, .opblock-title_normal');
      heading.setAttribute('aria-level', isSection ? '2' : '3');
    }
  }).observe(domNode, { childList: true, subtree: true });
}

function showStart(contract: Contract, entries: Entry[]): HTMLElement[] {
  const cards = first(entries).map((entry) => make('li', {}, link(entry)));
  return [
    make('h1', {}, contract.info.title),
    make('p', { class: 'id' }, `Version ${contract.info.version}`),
    make('h2', {}, 'First calls'),
    make('ol', { class: 'first' }, ...cards),
    make('h2', {}, 'What holds for all calls'),
    ...prose(contract.info.description),
  ];
}

function route(contract: Contract, entries: Entry[]): void {
  const id = location.hash.slice(1);
  const entry = entries.find((each) => each.operation.operationId === id);
  byId('content').replaceChildren(
    ...(entry ? showOperation(contract, entry) : showStart(contract, entries))
  );
  for (const each of byId('tasks').querySelectorAll('a')) {
    if (each.getAttribute('href') === `#${id}`) each.setAttribute('aria-current', 'page');
    else each.removeAttribute('aria-current');
  }
  document.title = entry ? `${entry.operation.summary} · ArtistHub API` : 'ArtistHub API';
  document.body.classList.remove('with-menu');
  scrollTo(0, 0);
}

function startSignIn(): void {
  const dialog = byId<HTMLDialogElement>('sign-in');
  const open = byId('account');
  const failure = byId('failure');
  const say = (email: string) => {
    open.textContent = email ? 'Sign out' : 'Sign in';
    open.title = email;
    byId('who').textContent = email;
  };
  open.addEventListener('click', async () => {
    if (!(await api.auth.session())) return dialog.showModal();
    await api.auth.signOut().catch(() => undefined);
    say('');
  });
  byId('cancel').addEventListener('click', () => dialog.close());
  byId('credentials').addEventListener('submit', async (event) => {
    event.preventDefault();
    failure.textContent = '';
    const value = (id: string) => byId<HTMLInputElement>(id).value;
    try {
      await api.auth.signIn({
        email: value('email'),
        password: value('password'),
        totp: () => value('code'),
      });
      say(value('email'));
      byId<HTMLInputElement>('password').value = '';
      dialog.close();
    } catch (error) {
      if (!isArtistHubError(error)) throw error;
      failure.textContent = error.message;
    }
  });
}

function startTheme(): void {
  const root = document.documentElement.classList;
  const isDark =
    localStorage.getItem('theme') ?? String(matchMedia('(prefers-color-scheme: dark)').matches);
  root.toggle('dark-mode', isDark === 'true');
  byId('theme').addEventListener('click', () => {
    localStorage.setItem('theme', String(root.toggle('dark-mode')));
  });
}

async function start(): Promise<void> {
  startTheme();
  startSignIn();
  byId('menu').addEventListener('click', () => document.body.classList.toggle('with-menu'));
  const contract: Contract = await (await fetch('openapi.json')).json();
  const entries = entriesOf(contract);
  const search = byId<HTMLInputElement>('search');
  const find = () => {
    byId('tasks').replaceChildren(...navigation(contract, entries, search.value));
    byId('tasks')
      .querySelector(`a[href="${location.hash || '#'}"]`)
      ?.setAttribute('aria-current', 'page');
  };
  search.addEventListener('input', find);
  search.addEventListener('keydown', (event) => {
    const found = byId('tasks').querySelector('a');
    if (event.key === 'Enter' && search.value && found) location.hash = found.hash;
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || (event.target as Element).matches('input, textarea, select')) return;
    event.preventDefault();
    search.focus();
  });
  addEventListener('hashchange', () => route(contract, entries));
  find();
  route(contract, entries);
}

start();
