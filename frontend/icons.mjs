// The icons the pages use: id in static/img/icons.svg -> file name in @navikt/aksel-icons.
// A new icon: add a line, run `node vendor.mjs`. Outline by default; filled only for done steps and error marks.
const SAME = `
ArrowRight ArrowRightLeft ArrowUndo BarChart Bell Branching Calendar CaretDownFill CaretUpDownFill CaretUpFill Chat2
Checkmark CheckmarkCircle CheckmarkCircleFill ChevronDown ChevronLeft ChevronRight ChevronUp ClipboardCheckmark Clock
Download Enter EnvelopeClosed ExclamationmarkTriangle ExclamationmarkTriangleFill ExternalLink Eye FileText Funnel Globe
HandHeart Hospital Hourglass House InboxDown InformationSquare Leave Link MagnifyingGlass Megaphone MenuHamburger
MinusCircle Paperplane Pencil Person PersonCircle PersonPlus Plus PlusCircle QuestionmarkCircle Recycle Star Table Trash
TrendUp XMark XMarkOctagon XMarkOctagonFill
`.trim().split(/\s+/);

export const ICONS = {
  ...Object.fromEntries(SAME.map((name) => [name, name])),
  Buildings: "Buildings3",
  Padlock: "PadlockLocked",
  People: "PersonGroup",
  Printer: "PrinterSmall",
};
