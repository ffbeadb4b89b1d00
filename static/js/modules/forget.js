// The server has stored what was typed, or the person has signed out: the copies in this tab are not needed.
import { forgetStored } from "../lib/copies.js";

export default forgetStored;
