// Before any script of a page: what it listens to is noted, so that a check can ask what only a mouse reaches.
(() => {
  const listen = EventTarget.prototype.addEventListener;
  window.ourListeners = [];
  EventTarget.prototype.addEventListener = function (kind, ...rest) {
    if (this instanceof Element) window.ourListeners.push([this, kind]);
    return listen.call(this, kind, ...rest);
  };
})();
