// Shows one document of the page at a time, and opens an OpenAPI document when it is first shown.
'use strict';

const sections = [...document.querySelectorAll('body > main > section')];
const links = [...document.querySelectorAll('body > header nav a')];

// A request from here would carry the session of the reader: this page only shows.
const onlyShows = () => ({
  wrapComponents: { authorizeBtn: () => () => null, authorizeOperationBtn: () => () => null },
});

function open(section) {
  const viewer = section.querySelector('[data-openapi]');
  if (viewer === null || viewer.childElementCount > 0) {
    return;
  }
  window.SwaggerUIBundle({
    domNode: viewer,
    url: viewer.dataset.openapi,
    docExpansion: 'none',
    defaultModelsExpandDepth: -1,
    filter: true,
    plugins: [onlyShows],
    supportedSubmitMethods: [],
    syntaxHighlight: { activated: false },
    // The default sends the document to a server of others.
    validatorUrl: null,
  });
}

function show() {
  const wanted = decodeURIComponent(window.location.hash.slice(1));
  const shown = sections.find((section) => section.id === wanted) ?? sections[0];
  for (const section of sections) {
    section.hidden = section !== shown;
  }
  for (const link of links) {
    if (link.hash === '#' + shown.id) {
      link.setAttribute('aria-current', 'page');
    } else {
      link.removeAttribute('aria-current');
    }
  }
  open(shown);
}

window.addEventListener('hashchange', show);
show();
