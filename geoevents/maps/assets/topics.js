// Who wants to know what has changed: topics and their listeners.

/** After so many milliseconds without a change the map has come to rest. */
const REST = 150;

/** Topics after which there is something dear to do once all is quiet. */
const STIRRING = new Set(["time", "filter", "layers", "view", "theme"]);

export class Topics {
  constructor() {
    /** @type {Map<string, Array<() => void>>} */
    this.listeners = new Map();
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    this.pause = undefined;
  }

  /**
   * Call `listener` whenever `topic` is emitted.
   *
   * @param {string} topic
   * @param {() => void} listener
   */
  on(topic, listener) {
    const those = this.listeners.get(topic);
    if (those) those.push(listener);
    else this.listeners.set(topic, [listener]);
  }

  /** @param {string} topic */
  emit(topic) {
    for (const listener of this.listeners.get(topic) ?? []) listener();
    if (!STIRRING.has(topic)) return;
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.emit("rest"), REST);
  }
}
