// The controls that the player shows, and the two functions that teach them another language.
import "media-chrome/media-controller.js";
import "media-chrome/media-control-bar.js";
import "media-chrome/media-captions-button.js";
import "media-chrome/media-fullscreen-button.js";
import "media-chrome/media-loading-indicator.js";
import "media-chrome/media-mute-button.js";
import "media-chrome/media-play-button.js";
import "media-chrome/media-time-display.js";
import "media-chrome/media-time-range.js";
import "media-chrome/media-volume-range.js";
import "media-chrome/menu/media-captions-menu.js";
import "media-chrome/menu/media-captions-menu-button.js";
import "media-chrome/menu/media-chrome-menu-item.js";

export { addTranslation, setLanguage } from "media-chrome/utils/i18n.js";
