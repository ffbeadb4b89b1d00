// The chart bundle: Plotly's core (it draws scatter itself) + bars + the Norwegian locale, nothing else.
// A new trace type is one import here; a chart page may load at most 700 kB brotli.
import Plotly from "plotly.js/lib/core.js";
import bar from "plotly.js/lib/bar.js";
import no from "plotly.js/lib/locales/no.js";

Plotly.register([bar, no]);
export default Plotly;
