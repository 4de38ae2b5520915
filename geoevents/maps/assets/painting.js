// What is painted on which canvas, in which order.

import { besides } from "./frame.js";
import { Occupancy, placeLabels } from "./draw/labels.js";
import { surface } from "./draw/surface.js";
import { currentTheme } from "./draw/theme.js";
import { areaEntry, drawPlaceDots, drawPlaces, drawRegions, gainNames, placeNames } from "./layers/regions.js";
import { drawChange } from "./layers/changes.js";
import { drawUncertainty } from "./layers/events.js";
import { drawLocalities, localityNames } from "./layers/localities.js";
import { areaText } from "./text.js";

/**
 * @typedef {import("./app.js").App} App
 * @typedef {import("./types.js").View} View
 * @typedef {import("./types.js").Change} Change
 * @typedef {import("./types.js").AreaPath} AreaPath
 */

/** Canvases and their z-index among Leaflet's panes. */
const PANES = /** @type {const} */ ([["base", 150], ["areas", 410], ["names", 450], ["events", 590]]);

export class Painting {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    /** @type {AreaPath[]} What of the areas answers to the pointer. */
    this.areaPaths = [];
    /** Whether the window of time is moving: what lies beyond the map's edge can wait. */
    this.moving = false;
    /** @type {View|null} */
    this.areaView = null;
    /** @type {View|null} */
    this.pointView = null;
    const { L, map } = app;
    for (const [pane, z] of PANES) {
      const node = map.getPane(`ge-${pane}`) ?? map.createPane(`ge-${pane}`);
      node.style.zIndex = `${z}`;
      node.style.pointerEvents = "none";
    }
    const canvas = (/** @type {string} */ pane, /** @type {(c: CanvasRenderingContext2D, v: View) => void} */ paint) =>
      surface(L, `ge-${pane}`, paint).addTo(map);
    this.ground = app.base ? canvas("base", (context, view) => app.base?.draw(context, view)) : null;
    this.areas = canvas("areas", (context, view) => this.paintAreas(context, view));
    this.points = canvas("events", (context, view) => this.paintEvents(context, view));
    // Names come last: they keep clear of everything else.
    this.names = canvas("names", (context, view) => this.paintNames(context, view));
  }

  /** Paint areas and what is seen of the events in the next frame: the rest follows at rest. */
  refreshMoving() {
    this.moving = true;
    this.areas.refresh();
    this.points.refresh();
  }

  /** Nothing has moved for a while: paint what was left out. */
  rest() {
    if (this.moving) this.points.refresh();
    this.moving = false;
    this.names.refresh();
  }

  refresh() {
    for (const layer of [this.areas, this.points, this.names]) layer.refresh();
  }

  refreshAll() {
    this.ground?.refresh();
    this.refresh();
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {View} view
   */
  paintAreas(context, view) {
    const { app } = this;
    this.areaView = view;
    this.areaPaths = [];
    if (app.compare.on) {
      this.split(context, view, (index) => this.paintControl(context, view, index));
    } else {
      this.paintControl(context, view, app.controlIndex);
    }
    if (app.places && app.visible.places) drawPlaces(context, view, app.places);
    // Beside each other, two states show by themselves what has changed.
    if (!app.compare.on) this.paintChanges(context, view);
    if (app.localities && app.visible.localities) this.areaPaths.push(...drawLocalities(context, view, app.localities));
    if (app.regions) this.areaPaths.push(...drawRegions(context, view, app));
    if (app.circle) drawUncertainty(context, view, app.circle);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {View} view
   * @param {number} index
   */
  paintControl(context, view, index) {
    const { control, visible } = this.app;
    if (control && index >= 0) control.draw(context, view, { index, visible });
  }

  /**
   * Paint the earlier state left of the line, the later right of it.
   *
   * @param {CanvasRenderingContext2D} context
   * @param {View} view
   * @param {(index: number) => void} paint
   */
  split(context, view, paint) {
    const { compare, control, controlIndex } = this.app;
    if (!control) return;
    const x = view.seen[0] + compare.x;
    for (const [left, right, index] of [
      [0, x, control.indexAt(compare.before)],
      [x, view.width, controlIndex],
    ]) {
      context.save();
      context.beginPath();
      context.rect(left, 0, right - left, view.height);
      context.clip();
      paint(index);
      context.restore();
    }
  }

  /**
   * Ground that changed hands: saturated, with a white-cased rim, above control.
   *
   * @param {CanvasRenderingContext2D} context
   * @param {View} view
   */
  paintChanges(context, view) {
    for (const change of this.app.shownChanges()) {
      this.areaPaths.push({ what: "change", change, path: drawChange(context, view, change), size: sizeOf(change.box) });
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {View} view
   */
  paintEvents(context, view) {
    this.pointView = view;
    if (this.app.markers && this.app.filter) this.app.markers.draw(context, view, this.app.selected, this.moving);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {View} view
   */
  paintNames(context, view) {
    const { app } = this;
    const { visible, places, regions } = app;
    const occupied = new Occupancy();
    const covered = this.coveredBoxes(view);
    for (const box of covered) occupied.take(box);
    view.isCovered = (x, y) => covered.some(([left, top, right, bottom]) => x > left && x < right && y > top && y < bottom);
    for (const box of this.markerBoxes(view)) occupied.take(box);
    const own = regions ? gainNames(context, view, app) : [];
    if (!app.compare.on) own.push(...this.changeNames(context, view));
    own.push(...this.holderNames(context, view));
    if (app.localities && visible.localities) own.push(...localityNames(context, view, app.localities));
    if (places && visible.places) {
      drawPlaceDots(context, view, places);
      own.push(...placeNames(context, view, places, regions));
    }
    own.sort((a, b) => b.weight - a.weight);
    for (const [candidate, choice] of placeLabels(own, occupied)) candidate.draw(context, choice);
    if (app.base && !app.tiles?.covers) {
      const known = new Set(places && visible.places ? places.id : []);
      app.base.drawLabels(context, view, occupied, known);
    }
  }

  /**
   * Who holds what; of two states beside each other, each on its own side of the line.
   *
   * @param {CanvasRenderingContext2D} context
   * @param {View} view
   * @returns {import("./types.js").LabelCandidate[]}
   */
  holderNames(context, view) {
    const { control, controlIndex, compare, visible } = this.app;
    const names = (/** @type {number} */ index) => (control && index >= 0 ? control.names(context, view, { index, visible }) : []);
    if (!compare.on || !control) return names(controlIndex);
    const x = view.seen[0] + compare.x;
    return [
      ...names(control.indexAt(compare.before)).map((name) => within(name, 0, x)),
      ...names(controlIndex).map((name) => within(name, x, view.width)),
    ];
  }

  /**
   * Labels with the square kilometres that changed hands.
   *
   * @param {CanvasRenderingContext2D} context
   * @param {View} view
   */
  changeNames(context, view) {
    const colour = currentTheme().ink;
    return this.app.shownChanges().flatMap((/** @type {Change} */ change) =>
      (change.labels ?? [{ x: change.x, y: change.y, area: change.area, box: change.box }])
        .map(({ x, y, area, box }) => areaEntry(context, view, box, `${change.inferred ? "≈ " : ""}${areaText(area)}`, { centre: [x, y], colour }))
        .filter((entry) => entry !== null),
    );
  }

  /**
   * What markers cover, in pixels of another canvas: each canvas was painted where the map stood then.
   *
   * @param {View} view  of that canvas
   * @returns {Array<[number, number, number, number]>}
   */
  markerBoxes(view) {
    const { markers } = this.app;
    if (!markers || !this.pointView) return [];
    const { x, y } = this.pointView.offset.subtract(view.offset);
    return markers.boxes().map(([left, top, right, bottom]) => [left + x, top + y, right + x, bottom + y]);
  }

  /**
   * What title, tools and panel hide, in pixels of the canvas.
   *
   * @param {View} view
   * @returns {Array<[number, number, number, number]>}
   */
  coveredBoxes(view) {
    const { map } = this.app;
    const corner = map.containerPointToLayerPoint([0, 0]).subtract(view.offset);
    return besides(map.getContainer()).map(([left, top, right, bottom]) => [left + corner.x, top + corner.y, right + corner.x, bottom + corner.y]);
  }
}

/**
 * A name with those of its places that lie between two edges.
 *
 * @param {import("./types.js").LabelCandidate} name
 * @param {number} left
 * @param {number} right
 * @returns {import("./types.js").LabelCandidate}
 */
function within(name, left, right) {
  const kept = [...name.choices.keys()].filter((choice) => name.choices[choice].every((box) => box[0] >= left && box[2] <= right));
  return { ...name, choices: kept.map((choice) => name.choices[choice]), draw: (context, choice) => name.draw(context, kept[choice]) };
}

/** @param {ArrayLike<number>} box */
function sizeOf(box) {
  return (box[2] - box[0]) * (box[3] - box[1]);
}
