// The page of the map: a picture whose marks stand in bands, and whose groups open in place.

import { atlas } from "./atlas.js";
import { drawBands, titles, traceBands, wholeMap } from "./band-drawing.js";
import { boot } from "./boot.js";
import { groupPanel } from "./group-panel.js";
import { addGroups } from "./groups.js";
import { bindMap, bundleSentence, drawMap, openGroup } from "./mapping.js";

Object.assign(atlas, { addGroups, bindMap, bundleSentence, drawBands, drawMap, groupPanel, openGroup, titles, traceBands, wholeMap });
boot();
