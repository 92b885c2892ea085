// What Python and the browser send each other, written once.
//
// tests/chart/test_contract.py reads these interfaces and holds every message of Python to exactly
// their keys; `tsc` holds our modules to them. An interface named in a `from` comment is filled by
// that Python object. Lengths are pixels, colours may be CSS variables of Streamlit's theme.

/** Named as Plotly names them, so that a line and its moving mark look alike. */
export type Dash = "solid" | "dash" | "dot" | "dashdot" | "longdash";
export type Point = [number, number];
/** JSON that Plotly reads: its figures and layouts are its own. */
export type Json = any;

// --- Python to the browser: one message for each component ---

/** The chart; from nnviz/chart/chart.py. */
export interface ChartMessage {
  /** The address of plotly.js. */
  plotly: string;
  /** The figure, and layout entries that replace its own on a narrow screen, as JSON text, deflated, in base64. */
  figure: string;
  /** The height of its wide layout. */
  height: number;
  /** The room that picture, hint and sentence will need, wide and narrow. */
  heights: [number, number];
  /** Whether the picture is to fill the window in a lesson. */
  fill: boolean;
  /** The sentence under the picture, and what can be done with it. */
  words: string;
  hint: string;
  handles: HandleMessage[];
  /** Subplots in which a click counts, and keys that count anywhere. */
  clicks: string[];
  keys: string[];
  buttons: ButtonMessage[];
  /** Digests of the packs that hold the tracks. */
  frames: string[];
  clock: ClockMessage | null;
  /** What the name of a saved file begins with; null if saving is not offered. */
  save_as: string | null;
  /** The number of the newest drag that this message answers. */
  answered: number;
}

/** Where the player is to stand and what it counts; from Clock. */
export interface ClockMessage {
  step: number;
  order: string;
  play: string;
  unit: string;
  speeds: number[];
  speed: number;
  jump: number;
  jump_unit: string;
  settles: boolean;
  /** Whether the player stands only at steps whose sentence was recorded. */
  held: boolean;
}

/** A point to drag; from Handle. */
export interface HandleMessage {
  name: string;
  label: string;
  x: number;
  y: number;
  low: Point;
  high: Point;
  text: string;
  snap: number;
  stride: number;
  origin: Point | null;
  curve: number | null;
  live: boolean;
  colour: string;
  symbol: "circle" | "square" | "diamond";
  size: number;
  dash: Dash;
  axes: string;
  side: "auto" | "above" | "below";
  says: string;
}

/** A button that stands on the figure; from Button. */
export interface ButtonMessage {
  name: string;
  label: string;
  text: string;
  x: number;
  y: number;
  axes: string;
  off: boolean;
}

/** A slider that answers while it is dragged; from nnviz/chart/slider.py. */
export interface SliderMessage {
  key: string;
  label: string;
  value: number;
  /** Numbers, or progressions of decimals: the first whole number, what each is more, how many, the power of ten. */
  values: (number | [number, number, number, number])[];
  ends: [number, number];
  marks: number[];
  /** Values that a button chooses. */
  tries: number[];
  scale: "linear" | "logarithmic";
  answered: number;
}

/** Number fields for points; from nnviz/chart/fields.py. */
export interface FieldsMessage {
  lines: FieldsLine[];
  /** What stands above each column. */
  heads: string[];
  answered: number;
}

/** The fields of one point. */
export interface FieldsLine {
  name: string;
  label: string;
  /** What a screen reader calls each field. */
  labels: string[];
  values: number[];
  colour: string;
  /** Why what was typed was not taken. */
  problem: string;
}

/** A board of 8 x 8 squares to draw on; from nnviz/chart/pixels.py. */
export interface PixelsMessage {
  key: string;
  label: string;
  /** The ink of each square, 0 to 16, row by row. */
  values: number[];
  /** What pointing at each square says; may be empty. */
  notes: string[];
  /** What comes of the drawing, in a few words below it; may be empty. */
  says: string;
  /** Whether there are buttons to undo, to clear and to open an image. */
  tools: boolean;
  /** The square that is pointed at elsewhere; below 0 for none. */
  pointed: number;
  /** Whether the drawing is to be looked at alone. */
  fixed: boolean;
  /** The room that is kept until it comes: on a wide screen, and on a phone. */
  heights: [number, number];
  answered: number;
}

/** The address of the page; from nnviz/site/address.py. */
export interface AddressMessage {
  query: string;
  session: string;
  /** How an address begins that others can open; empty if only this computer can. */
  shared: string;
}

/** A text with a button that copies it; from nnviz/chart/copying.py. The one in the menu is sent nothing. */
export interface CopyMessage {
  text: string;
  /** What it is, as its button says: "code" for Copy code. */
  what: string;
}

/** A question with what was answered to it. */
export interface KeptAnswer {
  options: string[];
  answer: string;
  reason: string;
  given: string[];
}

/** What to note about a page; from nnviz/site/course.py. */
export interface KeptMessage {
  page: string;
  kept: string;
  right: number;
  asked: number;
  /** The names of the tasks that are done, and how many tasks the lesson has; 0 if it has none. */
  done: string[];
  tasks: number;
  /** The first task that is not done, counted from 1; 0 if there is none. */
  next: number;
  /** What was learnt, in one sentence; empty before the end of the lesson. */
  idea: string;
  /** The words of the glossary that were learnt in it. */
  terms: string[];
  /** What was answered to the question of which task, the first answer first. */
  answers: Record<string, KeptAnswer>;
  /** Names the last time that the lesson was begun anew in this session; empty if it was not. */
  begun: string;
  /** Names the last time that the person of this session has had everything forgotten, if there was one. */
  reset: string;
  /** What was chosen of the switch Code names: "plain" or "code"; "ask" for what is kept, "link" for neither. */
  names: string;
  /** How the token of a room begins that the session knows; empty for none. */
  room: string;
}

/** The page Room; from nnviz/chapters/room/page.py. */
export interface RoomMessage {
  lessons: RoomLesson[];
  /** The code and the link to begin with that the address names; empty for none. */
  code: string;
  begin: string;
  /** The lesson that the teacher comes from; empty for none. */
  from: string;
  /** The room of the teacher who looks, and how to come in. */
  of: string;
  invite: { link: string; picture: string; reach: string } | null;
}

export interface RoomLesson {
  page: string;
  title: string;
  path: string;
  tasks: string[];
}

/** What a pupil is told; from nnviz/room/seen.py, as the next three. */
export interface RoomLook {
  code: string;
  name: string;
  begins: string;
  paused: boolean;
  shown: RoomShown | null;
  mine: boolean;
}

export interface RoomShown {
  number: number;
  link: string;
  name: string;
  pupil: number;
}

export interface RoomDesk {
  code: string;
  begins: string;
  left: number;
  paused: boolean;
  shown: RoomShown | null;
  pupils: RoomPupil[];
  /** The indices of the tasks that the link gives; null for all. */
  given: number[] | null;
}

export interface RoomPupil {
  id: number;
  name: string;
  idle: number;
  page: string;
  task: number | null;
  marks: Record<string, string>;
  away: boolean;
}

/** The course map; from nnviz/site/course.py. */
export interface MapMessage {
  pages: CoursePage[];
  /** Whether pages are named only, without what is done on them. */
  brief: boolean;
  /** Whether this is the end of the course: with the ideas, and the ways back to what was skipped. */
  ends: boolean;
}

export interface CoursePage {
  name: string;
  path: string;
  title: string;
  invitation: string;
  /** Whether the session itself knows where the person left the page. */
  here: boolean;
}

// --- Python to the browser: packed tracks ---

/** The header of a pack; from nnviz/chart/packing.py, which says how it lies in the bytes. */
export interface PackHeader {
  /** The last step of the clock. */
  last: number;
  tracks: Track[];
}

/** What every track has; from Track. */
export interface TrackHeader {
  kind: string;
  /** "f3" is a float of three bytes. "f3", "f4" and "i4" travel as what changes from entry to entry. */
  dtype: "u1" | "u2" | "i4" | "f3" | "f4" | "f8";
  /** Where its values begin in the body, in bytes, and how many numbers they are. */
  offset: number;
  count: number;
  /** Step of the first entry, steps between two entries, last step at which it is seen. */
  start: number;
  stride: number;
  until: number | null;
  /** Of the tracks of one slot only the last one is seen. */
  slot: string;
  /** Tracks of one series are stretches of one track. */
  series: string;
  /** How many entries there are over time. */
  length: number;
}

/** Its place in the timeline, for functions that need nothing else of a track. */
export type Timed = Pick<TrackHeader, "kind" | "start" | "stride" | "until" | "slot" | "length">;

/** The values, which the browser adds when it has opened the pack. */
export interface Valued {
  values: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array;
}

/** What lies on a subplot. */
export interface OnAxes extends TrackHeader, Valued {
  axes: string;
}

/** What is drawn with a pen. */
export interface Pen extends OnAxes {
  colour: string;
  width: number;
  dash: Dash;
}

/** A network as the browser evaluates it; from network_form. */
export interface NetworkForm {
  /** How each input is made: a feature by its name, or a value of its own; then moved and scaled. */
  inputs: { name: string; value: number; mean: number; scale: number }[];
  /** Inputs, then units of every layer; and the activation of every layer. */
  sizes: number[];
  activations: string[];
  /** Of the colours of an answer: the middle of them, and how far they reach to both sides. */
  middle: number;
  reach: number;
  /** The same for the units of each layer, inputs first; null where their largest value is the reach. */
  ends: ([number, number] | null)[];
}

/** The rows whose squared errors are drawn, as the network is given them; from error_form. */
export interface ErrorForm {
  network: NetworkForm;
  inputs: number[][];
  targets: number[];
}

/** Where a moving point is made from: of its step and a value, of parameters, or of places by number. */
export type Made =
  | { by: "steps" }
  | { by: "parameters"; centre: number[]; directions: [number[], number[]] }
  | { by: "places"; places: Point[] };

/** The values of these are the parameters of a network, as recorded. */
export interface GroundTrack extends OnAxes {
  kind: "ground";
  network: NetworkForm;
  stops: string[];
}

export interface SurfaceTrack extends OnAxes {
  kind: "surface";
  rows: ErrorForm;
  /** Where the axes are counted from, in the parameters, and where they lead. */
  centre: number[];
  directions: [number[], number[]];
  /** Errors that rise, and the place of each among the colours, 0 to 1; between two it rises evenly. */
  shades: [number, number][];
  stops: string[];
}

export interface BoundaryTrack extends Pen {
  kind: "boundary";
  network: NetworkForm;
  /** The weighted sum of the output at which neither class is nearer. */
  undecided: number;
}

export interface CurveTrack extends Pen {
  kind: "curve";
  network: NetworkForm;
  mean: number;
  scale: number;
  rows: Point[];
}

export interface MapTrack extends OnAxes {
  kind: "map";
  extent: [number, number, number, number];
  stops: string[];
  shape: [number, number];
}

export interface LineTrack extends Pen {
  kind: "line";
  points: number;
}

export interface TrailTrack extends Pen {
  kind: "trail";
  made: Made | null;
}

export interface DotTrack extends Pen {
  kind: "dot";
  size: number;
  filled: boolean;
  made: Made | null;
}

export interface BarTrack extends Pen {
  kind: "bars";
  colours: string[];
  thickness: number;
  points: number;
}

/** Bars of the errors of rows, which the browser works out. */
export interface ErrorTrack extends Pen {
  kind: "errors";
  rows: ErrorForm;
  colours: string[];
  thickness: number;
}

export interface ReadoutTrack extends TrackHeader, Valued {
  kind: "readout";
  label: string;
  after: string;
  names: string[] | null;
}

export interface WordsTrack extends TrackHeader, Valued {
  kind: "words";
  texts: string[];
}

export interface TilesTrack extends OnAxes {
  kind: "tiles";
  network: NetworkForm;
  /** Left, right, low and high end of the plane that each map shows. */
  extent: [number, number, number, number];
  boxes: [number, number, number][];
  /** How many units come before the first box. */
  skip: number;
  stops: string[];
}

export interface EdgeTrack extends OnAxes {
  kind: "edges";
  places: [number, number, number, number][];
  /** Which of the parameters each of them is. */
  which: number[];
  below: string;
  above: string;
  widest: number;
}

export interface BiasTrack extends OnAxes {
  kind: "biases";
  places: [number, number, number][];
  which: number[];
  below: string;
  above: string;
}

export interface BoardTrack extends OnAxes {
  kind: "board";
  items: BoardItem[];
  texts: string[];
  exact: string[];
  looks: BoardLook[];
}

export interface FlightTrack extends OnAxes {
  kind: "flights";
  /** Each flight: text, and the items where it starts and ends. */
  groups: [string, number, number][][];
}

export interface CardTrack extends TrackHeader, Valued {
  kind: "card";
  cards: Card[];
}

export type Track =
  | MapTrack | GroundTrack | SurfaceTrack | BoundaryTrack | CurveTrack | LineTrack | TrailTrack | DotTrack | BarTrack | ErrorTrack | ReadoutTrack | WordsTrack
  | TilesTrack | EdgeTrack | BiasTrack | BoardTrack | FlightTrack | CardTrack;

/** One box or arrow of a board; from Item. */
export interface BoardItem {
  name: string;
  about: string;
  closed: boolean;
  wide: BoardForm;
  narrow: BoardForm;
  start: boolean;
}

/** Where an item stands on one of the two layouts; from Form. */
export interface BoardForm {
  points: Point[];
  text: Point;
  size: number;
}

/** How an item is drawn; from Look. */
export interface BoardLook {
  colour: string;
  width: number;
  fill: string;
  dash: Dash;
  backward: boolean;
}

/** How the value of a step is computed; from Card. */
export interface Card {
  name: string;
  formula: string;
  numbers: string;
  result: string;
  exact: string;
  check: string;
  code: string;
  place: string;
}

// --- The browser to Python: what a component reports ---

export interface DragReport {
  name: string;
  x: number;
  y: number;
  done: boolean;
}

export interface SlideReport {
  value: number;
  done: boolean;
}

export interface FieldsReport {
  /** One for each field that has been typed in since the last answer. */
  numbers: { name: string; i: number; value: number }[];
}

export interface PixelsReport {
  values: number[];
}

export interface ClickReport {
  axes: string;
  x: number;
  y: number;
  item: string;
}

export interface PositionReport {
  step: number;
  at: number;
  /** The last order of the page that the player had then. */
  order: string | null;
}

/** Streamlit merges what is sent while it is busy, so it holds every recent key. */
export interface KeyReport {
  pressed: { key: string; id: number }[];
}

export interface RestoredReport {
  query: string;
}

// --- Streamlit, and our modules ---

export type SetState = (name: string, value: object) => void;

/** What Streamlit calls a component with. */
export interface Component<Message> {
  data: Message;
  parentElement: HTMLElement;
  setStateValue: SetState;
  setTriggerValue: SetState;
}

/** What `mount` of each entry module returns. */
export interface Part<Message> {
  update(component: Component<Message>): void;
  destroy(): void;
}
