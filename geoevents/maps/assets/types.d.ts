// Shapes of what the browser modules hand to each other. Read by the type checker only; nothing here runs.

import type * as Leaflet from "leaflet";
import type { Shapes } from "./data/shapes.js";
import type { Control } from "./layers/control.js";
import type { MarkerItem } from "./layers/events.js";
import type { Clock } from "./time/clock.js";
import type { Filter } from "./filters.js";
import type { Tiles } from "./draw/tiles.js";

export type { Clock, Control, Filter, MarkerItem, Shapes };
export type L = typeof Leaflet;
export type LeafletMap = Leaflet.Map;
export type LeafletPopup = Leaflet.Popup;
export type LatLng = Leaflet.LatLng;
export type LatLngExpression = Leaflet.LatLngExpression;
export type LeafletMouseEvent = Leaflet.LeafletMouseEvent;
export type Point = Leaflet.Point;
export type Bounds = Leaflet.Bounds;
export type Context = CanvasRenderingContext2D;

/** left, top, right, bottom in pixels; or west, north, east, south in Web Mercator. */
export type Box = [number, number, number, number];
export type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array | Float64Array | number[];

/** Whatever can be drawn along: a context or a Path2D. */
export interface Tracer {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  closePath(): void;
}

/** `x * scale - view.x` takes Web Mercator (the world from 0 to 1) to pixels of the canvas. */
export interface View {
  seen: Box;
  zoom: number;
  scale: number;
  x: number;
  y: number;
  width: number;
  height: number;
  west: number;
  north: number;
  east: number;
  south: number;
  offset: Point;
  /** Whether cards hide a point of the canvas: set before names are placed. */
  isCovered(x: number, y: number): boolean;
}

export type ThemeName = "light" | "dark" | "print";

/** Colours used on canvas. */
export interface Theme {
  readonly name: ThemeName;
  /** Lines of the base map are so many times as wide as on a screen by day. */
  readonly lineScale: number;
  readonly ink: string;
  readonly soft: string;
  readonly card: string;
  readonly accent: string;
  /** Around names of the base map. */
  readonly halo: string;
  /** Around labels of areas. */
  readonly labelHalo: string;
  readonly sea: string;
  readonly land: string;
  readonly coast: string;
  readonly border: string;
  readonly borderCasing: string;
  readonly province: string;
  readonly river: string;
  readonly riverName: string;
  readonly lake: string;
  readonly country: string;
  readonly provinceName: string;
  readonly town: string;
  readonly village: string;
  readonly townDot: string;
  /** Names of the places that events name. */
  readonly place: string;
  readonly placeDot: string;
  readonly placeArea: string;
  readonly placeOutline: string;
  readonly placeRiver: string;
  readonly placeRiverName: string;
  readonly placeRiverCasing: string;
  readonly markerRim: string;
  readonly donut: string;
  readonly donutInk: string;
  /** From a marker to where it belongs. */
  readonly leader: string;
  readonly selection: string;
  readonly shadow: string;
  readonly changeCasing: string;
  readonly regionCasing: string;
  readonly vagueFill: string;
  readonly uncertaintyFill: string;
  readonly uncertaintyRim: string;
}

/** A name that wants a place on the map: `choices` are lists of boxes it would cover, best first. */
export interface LabelCandidate {
  weight: number;
  choices: Box[][];
  draw(context: Context, choice: number): void;
}

/** Quantised outlines as Python packs them. */
export interface ShapeColumns {
  scale: number;
  x: Numbers;
  y: Numbers;
  paths: Numbers;
  features: Numbers;
  closed: Numbers;
}

export interface TextColumn {
  name: string;
  kind: "text";
  codes?: Numbers;
  values: string[];
}

export interface NumberColumn {
  name: string;
  kind: "time" | "number";
  values: Numbers;
}

/** One column of the events; a time is minutes since 1970. */
export type Column = TextColumn | NumberColumn;
/** Whatever a packed block holds, by name. */
export type Columns = Record<string, any>;
export type EventColumns = Column[];

export interface EventStyle {
  name: string;
  colour: string;
  ink: string;
  shape: string;
  glyph: string;
}

/** Rows 0 to placed-1 have a place and are sorted by start; the rest have none. */
export interface Events {
  count: number;
  placed: number;
  x: Numbers;
  y: Numbers;
  wx: Float64Array;
  wy: Float64Array;
  type: Uint8Array | Uint16Array;
  types: EventStyle[];
  hollow: Uint8Array;
  columns: EventColumns;
  problem: string[];
}

/** The value of an event column. */
export interface Reader {
  (name: string, row: number): string | number | null;
  has(name: string): boolean;
}

/** Words of a paragraph, in units of UTF-16, and the rows of the events they tell of. */
export interface Segment {
  start: number;
  end: number;
  rows: number[];
  /** Whether the words of one of the events begin here. */
  begins: boolean;
}

export interface Paragraph {
  text: string;
  /** 0 text, 1 the title, 2 a heading. */
  level: number;
  segments: Segment[];
}

export interface Article {
  paragraphs: Paragraph[];
  /** Rows that have words in it. */
  rows: Set<number>;
}

export interface Actor {
  name: string;
  colour: string;
}

export interface Regions {
  event: Numbers;
  inferred: Numbers;
  area: Numbers;
  reported: Numbers;
  shapes: Shapes;
  group: ("gain" | "inferred" | "given")[];
  order: number[];
  isArea(index: number): boolean;
  isMeasured(index: number): boolean;
  isWhole(index: number): boolean;
}

export interface Places {
  id: string[];
  name: string[];
  kind: string[];
  schematic: Numbers;
  x: Float64Array;
  y: Float64Array;
  shapes: Shapes;
}

/** An area drawn that answers to the pointer. */
export type AreaPath = RegionPath | LocalityPath | ChangePath;

interface Drawn {
  path: Path2D;
  /** Only its outline answers. */
  rim?: boolean;
  /** In squares of Web Mercator: of several areas under the pointer the smallest answers. */
  size?: number;
}

export interface RegionPath extends Drawn {
  what: "region";
  index: number;
  /** Of its event. */
  row: number;
}

export interface LocalityPath extends Drawn {
  what: "locality";
  index: number;
}

export interface ChangePath extends Drawn {
  what: "change";
  change: Change;
}

/** The switches of the legend. */
export interface Visible {
  gain: boolean;
  inferred: boolean;
  given: boolean;
  places: boolean;
  localities: boolean;
  changes: boolean;
  control: Set<number>;
  gainers: Set<string>;
}

export interface Series {
  area: Float64Array;
  low: Float64Array;
  high: Float64Array;
}

export interface Shown {
  index: number;
  visible: Visible;
}

/** Ground that changed hands between two dates. */
export interface Change {
  key: string;
  to: number;
  from: number;
  toName: string;
  fromName: string;
  colour: string;
  area: number;
  low: number;
  high: number;
  inferred: boolean;
  x: number;
  y: number;
  parts: number;
  box: Box;
  /** One for each piece that is large enough; without any there is one, at x and y. */
  labels?: { x: number; y: number; area: number; box: Box }[];
  path(view: View): Path2D;
  describe(): HTMLElement;
}

export interface Transition {
  fromName: string;
  toName: string;
  area: number;
  low: number;
  high: number;
  inferred: boolean;
}

export interface ChangeSource {
  between(from: number, to: number, visible: Visible): Change[];
  table(from: number, to: number): Transition[];
  period(from: number, to: number): { before: number; after: number } | null;
  /** When there is something to see, or null where nothing has a date. */
  moments(): ArrayLike<number> | null;
  gainers(): { name: string; colour: string }[];
}

export type Topic = "time" | "filter" | "layers" | "view" | "rest" | "select" | "theme" | "hover" | "tab";

export interface Options {
  bounds?: [number, number, number, number] | null;
  basemap?: string | null;
  /** Whether the reader may move the window of time, and where it stands at first, in minutes since 1970. */
  time?: { on: boolean; from: number | null; to: number | null } | null;
  theme?: string | null;
}

/** The map's program, as its parts know it. */
export interface App {
  L: L;
  map: LeafletMap;
  name: string;
  options: Options;
  title: string | null;
  subtitle: string | null;
  events: Events | null;
  read: Reader;
  starts: Int32Array | null;
  ends: Int32Array | null;
  regions: Regions | null;
  places: Places | null;
  localities: any;
  control: Control | null;
  changes: ChangeSource | null;
  article: Article | null;
  clock: Clock | null;
  filter: Filter | null;
  tiles?: Tiles | null;
  visible: Visible;
  theme: Theme;
  selected: number | null;
  slots: { topleft: HTMLElement; tools: HTMLElement; bottom: HTMLElement; right: HTMLElement };
  on(topic: Topic, listener: () => void): void;
  emit(topic: Topic): void;
  select(row: number, move?: boolean): void;
  open(content: HTMLElement, latlng: LatLngExpression): void;
  redraw(): void;
  say(text: string): void;
  viewRows(): Uint32Array | number[];
  flyTo(lat: number, lng: number, zoom?: number): void;
}

declare global {
  interface Window {
    L: L;
  }
}
