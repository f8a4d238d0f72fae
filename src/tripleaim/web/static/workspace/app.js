// Starts the components on a page, and those that come later with a part of it. Every page also works without.
import { Button, ErrorSummary, PasswordInput, SkipLink, Tabs } from "../vendor/nhsuk-frontend-10.6.1.min.js";

const components = [Button, ErrorSummary, PasswordInput, SkipLink, Tabs];

function start(part) {
  for (const Component of components) {
    const name = Component.moduleName;
    const waiting = `[data-module="${name}"]:not([data-${name}-init])`;
    for (const element of part.querySelectorAll(waiting)) new Component(element);
  }
}

document.body.classList.add("nhsuk-frontend-supported");
start(document);
document.addEventListener("htmx:afterSettle", (event) => start(event.target.parentNode ?? document));
