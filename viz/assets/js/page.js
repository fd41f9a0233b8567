// A page with a picture.

import { boot } from "./boot.js";

if (document.getElementById("data")) boot();
