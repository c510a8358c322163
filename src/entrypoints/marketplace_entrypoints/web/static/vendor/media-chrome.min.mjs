var gi=class{addEventListener(){}removeEventListener(){}dispatchEvent(){return!0}},bi=class extends gi{},Ai=class extends bi{constructor(){super(...arguments),this.role=null}},Na=class{observe(){}unobserve(){}disconnect(){}},_s={createElement:function(){return new Wt.HTMLElement},createElementNS:function(){return new Wt.HTMLElement},addEventListener(){},removeEventListener(){},dispatchEvent(t){return!1}},Wt={ResizeObserver:Na,document:_s,Node:bi,Element:Ai,HTMLElement:class extends Ai{constructor(){super(...arguments),this.innerHTML=""}get content(){return new Wt.DocumentFragment}},DocumentFragment:class extends gi{},customElements:{get:function(){},define:function(){},whenDefined:function(){}},localStorage:{getItem(t){return null},setItem(t,e){},removeItem(t){}},CustomEvent:function(){},getComputedStyle:function(){},navigator:{languages:[],get userAgent(){return""}},matchMedia(t){return{matches:!1,media:t}},DOMParser:class{parseFromString(e,i){return{body:{textContent:e}}}}},gs="global"in globalThis&&globalThis?.global===globalThis||typeof window>"u"||typeof window.customElements>"u",bs=Object.keys(Wt).every(t=>t in globalThis),l=gs&&!bs?Wt:globalThis,H=gs&&!bs?_s:globalThis.document;var m={MEDIA_PLAY_REQUEST:"mediaplayrequest",MEDIA_PAUSE_REQUEST:"mediapauserequest",MEDIA_MUTE_REQUEST:"mediamuterequest",MEDIA_UNMUTE_REQUEST:"mediaunmuterequest",MEDIA_LOOP_REQUEST:"medialooprequest",MEDIA_VOLUME_REQUEST:"mediavolumerequest",MEDIA_SEEK_REQUEST:"mediaseekrequest",MEDIA_AIRPLAY_REQUEST:"mediaairplayrequest",MEDIA_ENTER_FULLSCREEN_REQUEST:"mediaenterfullscreenrequest",MEDIA_EXIT_FULLSCREEN_REQUEST:"mediaexitfullscreenrequest",MEDIA_PREVIEW_REQUEST:"mediapreviewrequest",MEDIA_ENTER_PIP_REQUEST:"mediaenterpiprequest",MEDIA_EXIT_PIP_REQUEST:"mediaexitpiprequest",MEDIA_ENTER_CAST_REQUEST:"mediaentercastrequest",MEDIA_EXIT_CAST_REQUEST:"mediaexitcastrequest",MEDIA_SHOW_TEXT_TRACKS_REQUEST:"mediashowtexttracksrequest",MEDIA_HIDE_TEXT_TRACKS_REQUEST:"mediahidetexttracksrequest",MEDIA_SHOW_SUBTITLES_REQUEST:"mediashowsubtitlesrequest",MEDIA_DISABLE_SUBTITLES_REQUEST:"mediadisablesubtitlesrequest",MEDIA_TOGGLE_SUBTITLES_REQUEST:"mediatogglesubtitlesrequest",MEDIA_PLAYBACK_RATE_REQUEST:"mediaplaybackraterequest",MEDIA_RENDITION_REQUEST:"mediarenditionrequest",MEDIA_AUDIO_TRACK_REQUEST:"mediaaudiotrackrequest",MEDIA_SEEK_TO_LIVE_REQUEST:"mediaseektoliverequest",REGISTER_MEDIA_STATE_RECEIVER:"registermediastatereceiver",UNREGISTER_MEDIA_STATE_RECEIVER:"unregistermediastatereceiver"},k={MEDIA_CHROME_ATTRIBUTES:"mediachromeattributes",MEDIA_CONTROLLER:"mediacontroller"},Ha={MEDIA_AIRPLAY_UNAVAILABLE:"mediaAirplayUnavailable",MEDIA_AUDIO_TRACK_ENABLED:"mediaAudioTrackEnabled",MEDIA_AUDIO_TRACK_LIST:"mediaAudioTrackList",MEDIA_AUDIO_TRACK_UNAVAILABLE:"mediaAudioTrackUnavailable",MEDIA_BUFFERED:"mediaBuffered",MEDIA_CAST_UNAVAILABLE:"mediaCastUnavailable",MEDIA_CHAPTERS_CUES:"mediaChaptersCues",MEDIA_CURRENT_TIME:"mediaCurrentTime",MEDIA_DURATION:"mediaDuration",MEDIA_ENDED:"mediaEnded",MEDIA_ERROR:"mediaError",MEDIA_ERROR_CODE:"mediaErrorCode",MEDIA_ERROR_MESSAGE:"mediaErrorMessage",MEDIA_FULLSCREEN_UNAVAILABLE:"mediaFullscreenUnavailable",MEDIA_HAS_PLAYED:"mediaHasPlayed",MEDIA_HEIGHT:"mediaHeight",MEDIA_IS_AIRPLAYING:"mediaIsAirplaying",MEDIA_IS_CASTING:"mediaIsCasting",MEDIA_IS_FULLSCREEN:"mediaIsFullscreen",MEDIA_IS_PIP:"mediaIsPip",MEDIA_LOADING:"mediaLoading",MEDIA_MUTED:"mediaMuted",MEDIA_LOOP:"mediaLoop",MEDIA_PAUSED:"mediaPaused",MEDIA_PIP_UNAVAILABLE:"mediaPipUnavailable",MEDIA_PLAYBACK_RATE:"mediaPlaybackRate",MEDIA_PREVIEW_CHAPTER:"mediaPreviewChapter",MEDIA_PREVIEW_COORDS:"mediaPreviewCoords",MEDIA_PREVIEW_IMAGE:"mediaPreviewImage",MEDIA_PREVIEW_TIME:"mediaPreviewTime",MEDIA_RENDITION_LIST:"mediaRenditionList",MEDIA_RENDITION_SELECTED:"mediaRenditionSelected",MEDIA_RENDITION_UNAVAILABLE:"mediaRenditionUnavailable",MEDIA_SEEKABLE:"mediaSeekable",MEDIA_STREAM_TYPE:"mediaStreamType",MEDIA_SUBTITLES_LIST:"mediaSubtitlesList",MEDIA_SUBTITLES_SHOWING:"mediaSubtitlesShowing",MEDIA_TARGET_LIVE_WINDOW:"mediaTargetLiveWindow",MEDIA_TIME_IS_LIVE:"mediaTimeIsLive",MEDIA_VOLUME:"mediaVolume",MEDIA_VOLUME_LEVEL:"mediaVolumeLevel",MEDIA_VOLUME_UNAVAILABLE:"mediaVolumeUnavailable",MEDIA_LANG:"mediaLang",MEDIA_WIDTH:"mediaWidth"},As=Object.entries(Ha),o=As.reduce((t,[e,i])=>(t[e]=i.toLowerCase(),t),{}),ln={USER_INACTIVE_CHANGE:"userinactivechange",BREAKPOINTS_CHANGE:"breakpointchange",BREAKPOINTS_COMPUTED:"breakpointscomputed"},qe=As.reduce((t,[e,i])=>(t[e]=i.toLowerCase(),t),{...ln}),ed=Object.entries(qe).reduce((t,[e,i])=>{let a=o[e];return a&&(t[i]=a),t},{userinactivechange:"userinactive"}),Ts=Object.entries(o).reduce((t,[e,i])=>{let a=qe[e];return a&&(t[i]=a),t},{userinactive:"userinactivechange"}),J={SUBTITLES:"subtitles",CAPTIONS:"captions",DESCRIPTIONS:"descriptions",CHAPTERS:"chapters",METADATA:"metadata"},Ce={DISABLED:"disabled",HIDDEN:"hidden",SHOWING:"showing"};var Ti={MOUSE:"mouse",PEN:"pen",TOUCH:"touch"},j={UNAVAILABLE:"unavailable",UNSUPPORTED:"unsupported"},te={LIVE:"live",ON_DEMAND:"on-demand",UNKNOWN:"unknown"};var Ss={INLINE:"inline",FULLSCREEN:"fullscreen",PICTURE_IN_PICTURE:"picture-in-picture"};var Is=new WeakMap,Fa=t=>{let e=Is.get(t);return e||Is.set(t,e=new Set),e},ys=new l.ResizeObserver(t=>{for(let e of t)for(let i of Fa(e.target))i(e)});function Si(t,e){Fa(t).add(e),ys.observe(t)}function Ii(t,e){let i=Fa(t);i.delete(e),i.size||ys.unobserve(t)}function F(t){let e={};for(let i of t)e[i.name]=i.value;return e}function ks(t){var e;return(e=dn(t))!=null?e:Oe(t,"media-controller")}function dn(t){var e;let{MEDIA_CONTROLLER:i}=k,a=t.getAttribute(i);if(a)return(e=cn(t))==null?void 0:e.getElementById(a)}var ve=(t,e)=>!t||!e?!1:t?.contains(e)?!0:ve(t,e.getRootNode().host),Oe=(t,e)=>{if(!t)return null;let i=t.closest(e);return i||Oe(t.getRootNode().host,e)};function Ba(t=document){var e;let i=t?.activeElement;return i?(e=Ba(i.shadowRoot))!=null?e:i:null}function cn(t){var e;let i=(e=t?.getRootNode)==null?void 0:e.call(t);return i instanceof ShadowRoot||i instanceof Document?i:null}function yi(t,{depth:e=3,checkOpacity:i=!0,checkVisibilityCSS:a=!0}={}){if(t.checkVisibility)return t.checkVisibility({checkOpacity:i,checkVisibilityCSS:a});let r=t;for(;r&&e>0;){let s=getComputedStyle(r);if(i&&s.opacity==="0"||a&&s.visibility==="hidden"||s.display==="none")return!1;r=r.parentElement,e--}return!0}function ws(t,e,i,a){let r=a.x-i.x,s=a.y-i.y,n=r*r+s*s;if(n===0)return 0;let d=((t-i.x)*r+(e-i.y)*s)/n;return Math.max(0,Math.min(1,d))}function C(t,e){let i=un(t,a=>a===e);return i||Wa(t,e)}function un(t,e){var i,a;let r;for(r of(i=t.querySelectorAll("style:not([media])"))!=null?i:[]){let s;try{s=(a=r.sheet)==null?void 0:a.cssRules}catch{continue}for(let n of s??[])if(e(n.selectorText))return n}}function Wa(t,e){var i,a;let r=(i=t.querySelectorAll("style:not([media])"))!=null?i:[],s=r?.[r.length-1];if(!s?.sheet)return console.warn("Media Chrome: No style sheet found on style tag of",t),{style:{setProperty:()=>{},removeProperty:()=>"",getPropertyValue:()=>""}};let n=s?.sheet.insertRule(`${e}{}`,s.sheet.cssRules.length);return(a=s.sheet.cssRules)==null?void 0:a[n]}function Y(t,e,i=Number.NaN){let a=t.getAttribute(e);return a!=null?+a:i}function Q(t,e,i){let a=+i;if(i==null||Number.isNaN(a)){t.hasAttribute(e)&&t.removeAttribute(e);return}Y(t,e,void 0)!==a&&t.setAttribute(e,`${a}`)}function A(t,e){return t.hasAttribute(e)}function T(t,e,i){if(i==null){t.hasAttribute(e)&&t.removeAttribute(e);return}A(t,e)!=i&&t.toggleAttribute(e,i)}function D(t,e,i=null){var a;return(a=t.getAttribute(e))!=null?a:i}function L(t,e,i){if(i==null){t.hasAttribute(e)&&t.removeAttribute(e);return}let a=`${i}`;D(t,e,void 0)!==a&&t.setAttribute(e,a)}var Ms=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},de=(t,e,i)=>(Ms(t,e,"read from private field"),i?i.call(t):e.get(t)),hn=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},ki=(t,e,i,a)=>(Ms(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),G;function mn(t){return`
    <style>
      :host {
        display: var(--media-control-display, var(--media-gesture-receiver-display, inline-block));
        box-sizing: border-box;
      }
    </style>
  `}var ct=class extends l.HTMLElement{constructor(){if(super(),hn(this,G,void 0),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=F(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}}static get observedAttributes(){return[k.MEDIA_CONTROLLER,o.MEDIA_PAUSED]}attributeChangedCallback(e,i,a){var r,s,n,d,c;e===k.MEDIA_CONTROLLER&&(i&&((s=(r=de(this,G))==null?void 0:r.unassociateElement)==null||s.call(r,this),ki(this,G,null)),a&&this.isConnected&&(ki(this,G,(n=this.getRootNode())==null?void 0:n.getElementById(a)),(c=(d=de(this,G))==null?void 0:d.associateElement)==null||c.call(d,this)))}connectedCallback(){var e,i;this.tabIndex=-1,this.setAttribute("aria-hidden","true"),ki(this,G,pn(this)),this.getAttribute(k.MEDIA_CONTROLLER)&&((i=(e=de(this,G))==null?void 0:e.associateElement)==null||i.call(e,this)),de(this,G)&&(de(this,G).addEventListener("pointerdown",this),de(this,G).addEventListener("click",this),de(this,G).hasAttribute("tabindex")||(de(this,G).tabIndex=0))}disconnectedCallback(){var e,i,a,r;this.getAttribute(k.MEDIA_CONTROLLER)&&((i=(e=de(this,G))==null?void 0:e.unassociateElement)==null||i.call(e,this)),(a=de(this,G))==null||a.removeEventListener("pointerdown",this),(r=de(this,G))==null||r.removeEventListener("click",this),ki(this,G,null)}handleEvent(e){var i;let a=(i=e.composedPath())==null?void 0:i[0];if(["video","media-controller"].includes(a?.localName)){if(e.type==="pointerdown")this._pointerType=e.pointerType;else if(e.type==="click"){let{clientX:s,clientY:n}=e,{left:d,top:c,width:y,height:I}=this.getBoundingClientRect(),g=s-d,v=n-c;if(g<0||v<0||g>y||v>I||y===0&&I===0)return;let h=this._pointerType||"mouse";if(this._pointerType=void 0,h===Ti.TOUCH){this.handleTap(e);return}else if(h===Ti.MOUSE||h===Ti.PEN){this.handleMouseClick(e);return}}}}get mediaPaused(){return A(this,o.MEDIA_PAUSED)}set mediaPaused(e){T(this,o.MEDIA_PAUSED,e)}handleTap(e){}handleMouseClick(e){let i=this.mediaPaused?m.MEDIA_PLAY_REQUEST:m.MEDIA_PAUSE_REQUEST;this.dispatchEvent(new l.CustomEvent(i,{composed:!0,bubbles:!0}))}};G=new WeakMap;ct.shadowRootOptions={mode:"open"};ct.getTemplateHTML=mn;function pn(t){var e;let i=t.getAttribute(k.MEDIA_CONTROLLER);return i?(e=t.getRootNode())==null?void 0:e.getElementById(i):Oe(t,"media-controller")}l.customElements.get("media-gesture-receiver")||l.customElements.define("media-gesture-receiver",ct);var $a=ct;var Ls={"Start airplay":"Start airplay","Stop airplay":"Stop airplay",Audio:"Audio",Captions:"Captions","Enable captions":"Enable captions","Disable captions":"Disable captions","Start casting":"Start casting","Stop casting":"Stop casting","Enter fullscreen mode":"Enter fullscreen mode","Exit fullscreen mode":"Exit fullscreen mode",Mute:"Mute",Unmute:"Unmute",Loop:"Loop","Enter picture in picture mode":"Enter picture in picture mode","Exit picture in picture mode":"Exit picture in picture mode",Play:"Play",Pause:"Pause","Playback rate":"Playback rate","Playback rate {playbackRate}":"Playback rate {playbackRate}",Quality:"Quality","Seek backward":"Seek backward","Seek forward":"Seek forward",Settings:"Settings",Auto:"Auto","audio player":"audio player","video player":"video player",volume:"volume",seek:"seek","closed captions":"closed captions","current playback rate":"current playback rate","playback time":"playback time","media loading":"media loading",settings:"settings","audio tracks":"audio tracks",quality:"quality",play:"play",pause:"pause",mute:"mute",unmute:"unmute","chapter: {chapterName}":"chapter: {chapterName}",live:"live",Off:"Off","start airplay":"start airplay","stop airplay":"stop airplay","start casting":"start casting","stop casting":"stop casting","enter fullscreen mode":"enter fullscreen mode","exit fullscreen mode":"exit fullscreen mode","enter picture in picture mode":"enter picture in picture mode","exit picture in picture mode":"exit picture in picture mode","seek to live":"seek to live","playing live":"playing live","seek back {seekOffset} seconds":"seek back {seekOffset} seconds","seek forward {seekOffset} seconds":"seek forward {seekOffset} seconds","Network Error":"Network Error","Decode Error":"Decode Error","Source Not Supported":"Source Not Supported","Encryption Error":"Encryption Error","A network error caused the media download to fail.":"A network error caused the media download to fail.","A media error caused playback to be aborted. The media could be corrupt or your browser does not support this format.":"A media error caused playback to be aborted. The media could be corrupt or your browser does not support this format.","An unsupported error occurred. The server or network failed, or your browser does not support this format.":"An unsupported error occurred. The server or network failed, or your browser does not support this format.","The media is encrypted and there are no keys to decrypt it.":"The media is encrypted and there are no keys to decrypt it.",hour:"hour",hours:"hours",minute:"minute",minutes:"minutes",second:"second",seconds:"seconds","{time} remaining":"{time} remaining","{currentTime} of {totalTime}":"{currentTime} of {totalTime}","video not loaded, unknown time.":"video not loaded, unknown time."};var Rs,ut={en:Ls},ht=((Rs=globalThis.navigator)==null?void 0:Rs.language)||"en",Va=t=>{ht=t},En=(t,e)=>{ut[t]=e},vn=t=>{var e,i,a;let[r]=ht.split("-");return((e=ut[ht])==null?void 0:e[t])||((i=ut[r])==null?void 0:i[t])||((a=ut.en)==null?void 0:a[t])||t},Ds=()=>{let[t]=ht.split("-");return ut[ht]?ht:ut[t]?t:"en"},S=(t,e={})=>vn(t).replace(/\{(\w+)\}/g,(i,a)=>a in e?String(e[a]):`{${a}}`);var Ya=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},P=(t,e,i)=>(Ya(t,e,"read from private field"),i?i.call(t):e.get(t)),X=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},ce=(t,e,i,a)=>(Ya(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),ue=(t,e,i)=>(Ya(t,e,"access private method"),i),$t,Li,mt,vt,Et,Ka,pt,wi,Ga,Cs,qa,Os,Vt,Ri,Di,Qa,ft,Kt,Ue,Mi,f={AUDIO:"audio",AUTOHIDE:"autohide",BREAKPOINTS:"breakpoints",GESTURES_DISABLED:"gesturesdisabled",KEYBOARD_CONTROL:"keyboardcontrol",NO_AUTOHIDE:"noautohide",USER_INACTIVE:"userinactive",AUTOHIDE_OVER_CONTROLS:"autohideovercontrols"};function fn(t){return`
    <style>
      
      :host([${o.MEDIA_IS_FULLSCREEN}]) ::slotted([slot=media]) {
        outline: none;
      }

      :host {
        box-sizing: border-box;
        position: relative;
        display: inline-block;
        line-height: 0;
        background-color: var(--media-background-color, #000);
        overflow: hidden;
      }

      :host(:not([${f.AUDIO}])) [part~=layer]:not([part~=media-layer]) {
        position: absolute;
        top: 0;
        left: 0;
        bottom: 0;
        right: 0;
        display: flex;
        flex-flow: column nowrap;
        align-items: start;
        pointer-events: none;
        background: none;
      }

      slot[name=media] {
        display: var(--media-slot-display, contents);
      }

      
      :host([${f.AUDIO}]) slot[name=media] {
        display: var(--media-slot-display, none);
      }

      
      :host([${f.AUDIO}]) [part~=layer][part~=gesture-layer] {
        height: 0;
        display: block;
      }

      
      :host(:not([${f.AUDIO}])[${f.GESTURES_DISABLED}]) ::slotted([slot=gestures-chrome]),
          :host(:not([${f.AUDIO}])[${f.GESTURES_DISABLED}]) media-gesture-receiver[slot=gestures-chrome] {
        display: none;
      }

      
      ::slotted(:not([slot=media]):not([slot=poster]):not(media-loading-indicator):not([role=dialog]):not([hidden])) {
        pointer-events: auto;
      }

      :host(:not([${f.AUDIO}])) *[part~=layer][part~=centered-layer] {
        align-items: center;
        justify-content: center;
      }

      :host(:not([${f.AUDIO}])) ::slotted(media-gesture-receiver[slot=gestures-chrome]),
      :host(:not([${f.AUDIO}])) media-gesture-receiver[slot=gestures-chrome] {
        align-self: stretch;
        flex-grow: 1;
      }

      slot[name=middle-chrome] {
        display: inline;
        flex-grow: 1;
        pointer-events: none;
        background: none;
      }

      
      ::slotted([slot=media]),
      ::slotted([slot=poster]) {
        width: 100%;
        height: 100%;
      }

      
      :host(:not([${f.AUDIO}])) .spacer {
        flex-grow: 1;
      }

      
      :host(:-webkit-full-screen) {
        
        width: 100% !important;
        height: 100% !important;
      }

      
      ::slotted(:not([slot=media]):not([slot=poster]):not([${f.NO_AUTOHIDE}]):not([hidden]):not([role=dialog])) {
        opacity: 1;
        transition: var(--media-control-transition-in, opacity 0.25s);
      }

      
      :host([${f.USER_INACTIVE}]:not([${o.MEDIA_PAUSED}]):not([${o.MEDIA_IS_AIRPLAYING}]):not([${o.MEDIA_IS_CASTING}]):not([${f.AUDIO}])) ::slotted(:not([slot=media]):not([slot=poster]):not([${f.NO_AUTOHIDE}]):not([role=dialog])) {
        opacity: 0;
        transition: var(--media-control-transition-out, opacity 1s);
      }

      :host([${f.USER_INACTIVE}]:not([${f.NO_AUTOHIDE}]):not([${o.MEDIA_PAUSED}]):not([${o.MEDIA_IS_CASTING}]):not([${f.AUDIO}])) ::slotted([slot=media]) {
        cursor: none;
      }

      :host([${f.USER_INACTIVE}][${f.AUTOHIDE_OVER_CONTROLS}]:not([${f.NO_AUTOHIDE}]):not([${o.MEDIA_PAUSED}]):not([${o.MEDIA_IS_CASTING}]):not([${f.AUDIO}])) * {
        --media-cursor: none;
        cursor: none;
      }


      ::slotted(media-control-bar)  {
        align-self: stretch;
      }

      
      
      :host(:not([${f.AUDIO}])[${o.MEDIA_HAS_PLAYED}]) slot[name=poster],
      :host(:not([${f.AUDIO}])[${o.MEDIA_STREAM_TYPE}="${te.ON_DEMAND}"][${o.MEDIA_CURRENT_TIME}]:not([${o.MEDIA_CURRENT_TIME}="0"])) slot[name=poster] {
        display: none;
      }

      ::slotted([role=dialog]) {
        width: 100%;
        height: 100%;
        align-self: center;
      }

      ::slotted([role=menu]) {
        align-self: end;
      }
    </style>

    <slot name="media" part="layer media-layer"></slot>
    <slot name="poster" part="layer poster-layer"></slot>
    <slot name="gestures-chrome" part="layer gesture-layer">
      <media-gesture-receiver slot="gestures-chrome">
        <template shadowrootmode="${$a.shadowRootOptions.mode}">
          ${$a.getTemplateHTML({})}
        </template>
      </media-gesture-receiver>
    </slot>
    <span part="layer vertical-layer">
      <slot name="top-chrome" part="top chrome"></slot>
      <slot name="middle-chrome" part="middle chrome"></slot>
      <slot name="centered-chrome" part="layer centered-layer center centered chrome"></slot>
      
      <slot part="bottom chrome"></slot>
    </span>
    <slot name="dialog" part="layer dialog-layer"></slot>
  `}var _n=Object.values(o),gn="sm:384 md:576 lg:768 xl:960";function bn(t){Us(t.target,t.contentRect.width)}function Us(t,e){var i;if(!t.isConnected)return;let a=(i=t.getAttribute(f.BREAKPOINTS))!=null?i:gn,r=An(a),s=Tn(r,e),n=!1;if(Object.keys(r).forEach(d=>{if(s.includes(d)){t.hasAttribute(`breakpoint${d}`)||(t.setAttribute(`breakpoint${d}`,""),n=!0);return}t.hasAttribute(`breakpoint${d}`)&&(t.removeAttribute(`breakpoint${d}`),n=!0)}),n){let d=new CustomEvent(qe.BREAKPOINTS_CHANGE,{detail:s});t.dispatchEvent(d)}t.breakpointsComputed||(t.breakpointsComputed=!0,t.dispatchEvent(new CustomEvent(qe.BREAKPOINTS_COMPUTED,{bubbles:!0,composed:!0})))}function An(t){let e=t.split(/\s+/);return Object.fromEntries(e.map(i=>i.split(":")))}function Tn(t,e){return Object.keys(t).filter(i=>e>=parseInt(t[i]))}var Ye=class extends l.HTMLElement{constructor(){if(super(),X(this,Ga),X(this,qa),X(this,Vt),X(this,Di),X(this,ft),X(this,$t,void 0),X(this,Li,0),X(this,mt,null),X(this,vt,null),X(this,Et,void 0),this.breakpointsComputed=!1,X(this,Ka,e=>{let i=this.media;for(let a of e){if(a.type!=="childList")continue;let r=a.removedNodes;for(let s of r){if(s.slot!="media"||a.target!=this)continue;let n=a.previousSibling&&a.previousSibling.previousElementSibling;if(!n||!i)this.mediaUnsetCallback(s);else{let d=n.slot!=="media";for(;(n=n.previousSibling)!==null;)n.slot=="media"&&(d=!1);d&&this.mediaUnsetCallback(s)}}if(i)for(let s of a.addedNodes)s===i&&this.handleMediaUpdated(i)}}),X(this,pt,!1),X(this,wi,e=>{P(this,pt)||(setTimeout(()=>{bn(e),ce(this,pt,!1)},0),ce(this,pt,!0))}),X(this,Ue,void 0),X(this,Mi,()=>{if(!P(this,Ue).assignedElements({flatten:!0}).length){P(this,mt)&&this.mediaUnsetCallback(P(this,mt));return}this.handleMediaUpdated(this.media)}),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=F(this.attributes),i=this.constructor.getTemplateHTML(e);this.shadowRoot.setHTMLUnsafe?this.shadowRoot.setHTMLUnsafe(i):this.shadowRoot.innerHTML=i}ce(this,$t,new MutationObserver(P(this,Ka)))}static get observedAttributes(){return[f.AUTOHIDE,f.GESTURES_DISABLED].concat(_n).filter(e=>![o.MEDIA_RENDITION_LIST,o.MEDIA_AUDIO_TRACK_LIST,o.MEDIA_CHAPTERS_CUES,o.MEDIA_WIDTH,o.MEDIA_HEIGHT,o.MEDIA_ERROR,o.MEDIA_ERROR_MESSAGE].includes(e))}attributeChangedCallback(e,i,a){e.toLowerCase()==f.AUTOHIDE&&(this.autohide=a)}get media(){let e=this.querySelector(":scope > [slot=media]");return e?.nodeName=="SLOT"&&(e=e.assignedElements({flatten:!0})[0]),e}async handleMediaUpdated(e){e&&(ce(this,mt,e),e.localName.includes("-")&&await l.customElements.whenDefined(e.localName),this.mediaSetCallback(e))}connectedCallback(){var e;P(this,$t).observe(this,{childList:!0,subtree:!0}),Si(this,P(this,wi));let a=this.getAttribute(f.AUDIO)!=null?S("audio player"):S("video player");this.setAttribute("role","region"),this.setAttribute("aria-label",a),this.handleMediaUpdated(this.media),this.setAttribute(f.USER_INACTIVE,""),Us(this,this.getBoundingClientRect().width);let r=this.querySelector(":scope > slot[slot=media]");r&&(ce(this,Ue,r),P(this,Ue).addEventListener("slotchange",P(this,Mi))),this.addEventListener("pointerdown",this),this.addEventListener("pointermove",this),this.addEventListener("pointerup",this),this.addEventListener("mouseleave",this),this.addEventListener("keyup",this),(e=l.window)==null||e.addEventListener("mouseup",this)}disconnectedCallback(){var e;Ii(this,P(this,wi)),clearTimeout(P(this,vt)),P(this,$t).disconnect(),this.media&&this.mediaUnsetCallback(this.media),(e=l.window)==null||e.removeEventListener("mouseup",this),this.removeEventListener("pointerdown",this),this.removeEventListener("pointermove",this),this.removeEventListener("pointerup",this),this.removeEventListener("mouseleave",this),this.removeEventListener("keyup",this),P(this,Ue)&&(P(this,Ue).removeEventListener("slotchange",P(this,Mi)),ce(this,Ue,null)),ce(this,pt,!1)}mediaSetCallback(e){}mediaUnsetCallback(e){ce(this,mt,null)}handleEvent(e){switch(e.type){case"pointerdown":ce(this,Li,e.timeStamp);break;case"pointermove":ue(this,Ga,Cs).call(this,e);break;case"pointerup":ue(this,qa,Os).call(this,e);break;case"mouseleave":ue(this,Vt,Ri).call(this);break;case"mouseup":this.removeAttribute(f.KEYBOARD_CONTROL);break;case"keyup":ue(this,ft,Kt).call(this),this.setAttribute(f.KEYBOARD_CONTROL,"");break}}set autohide(e){let i=Number(e);ce(this,Et,isNaN(i)?0:i)}get autohide(){return(P(this,Et)===void 0?2:P(this,Et)).toString()}get breakpoints(){return D(this,f.BREAKPOINTS)}set breakpoints(e){L(this,f.BREAKPOINTS,e)}get audio(){return A(this,f.AUDIO)}set audio(e){T(this,f.AUDIO,e)}get gesturesDisabled(){return A(this,f.GESTURES_DISABLED)}set gesturesDisabled(e){T(this,f.GESTURES_DISABLED,e)}get keyboardControl(){return A(this,f.KEYBOARD_CONTROL)}set keyboardControl(e){T(this,f.KEYBOARD_CONTROL,e)}get noAutohide(){return A(this,f.NO_AUTOHIDE)}set noAutohide(e){T(this,f.NO_AUTOHIDE,e)}get autohideOverControls(){return A(this,f.AUTOHIDE_OVER_CONTROLS)}set autohideOverControls(e){T(this,f.AUTOHIDE_OVER_CONTROLS,e)}get userInteractive(){return A(this,f.USER_INACTIVE)}set userInteractive(e){T(this,f.USER_INACTIVE,e)}};$t=new WeakMap;Li=new WeakMap;mt=new WeakMap;vt=new WeakMap;Et=new WeakMap;Ka=new WeakMap;pt=new WeakMap;wi=new WeakMap;Ga=new WeakSet;Cs=function(t){if(t.pointerType!=="mouse"&&t.timeStamp-P(this,Li)<250)return;ue(this,Di,Qa).call(this),clearTimeout(P(this,vt));let e=this.hasAttribute(f.AUTOHIDE_OVER_CONTROLS);([this,this.media].includes(t.target)||e)&&ue(this,ft,Kt).call(this)};qa=new WeakSet;Os=function(t){if(t.pointerType==="touch"){let e=!this.hasAttribute(f.USER_INACTIVE);[this,this.media].includes(t.target)&&e?ue(this,Vt,Ri).call(this):ue(this,ft,Kt).call(this)}else t.composedPath().some(e=>["media-play-button","media-fullscreen-button"].includes(e?.localName))&&ue(this,ft,Kt).call(this)};Vt=new WeakSet;Ri=function(){if(P(this,Et)<0||this.hasAttribute(f.USER_INACTIVE))return;this.setAttribute(f.USER_INACTIVE,"");let t=new l.CustomEvent(qe.USER_INACTIVE_CHANGE,{composed:!0,bubbles:!0,detail:!0});this.dispatchEvent(t)};Di=new WeakSet;Qa=function(){if(!this.hasAttribute(f.USER_INACTIVE))return;this.removeAttribute(f.USER_INACTIVE);let t=new l.CustomEvent(qe.USER_INACTIVE_CHANGE,{composed:!0,bubbles:!0,detail:!1});this.dispatchEvent(t)};ft=new WeakSet;Kt=function(){ue(this,Di,Qa).call(this),clearTimeout(P(this,vt));let t=parseInt(this.autohide);t<0||ce(this,vt,setTimeout(()=>{ue(this,Vt,Ri).call(this)},t*1e3))};Ue=new WeakMap;Mi=new WeakMap;Ye.shadowRootOptions={mode:"open"};Ye.getTemplateHTML=fn;l.customElements.get("media-container")||l.customElements.define("media-container",Ye);var tr=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},ze=(t,e,i)=>(tr(t,e,"read from private field"),i?i.call(t):e.get(t)),Le=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},ir=(t,e,i,a)=>(tr(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),Qe=(t,e,i)=>(tr(t,e,"access private method"),i),Oi,qt,Xe,Ci,za,Xa,xs,Za,Ps,Ja,Ns,ja,Hs,er,Fs;function Sn(t){return`
    <style>
      :host {
        font: var(--media-font,
          var(--media-font-weight, normal)
          var(--media-font-size, 14px) /
          var(--media-text-content-height, var(--media-control-height, 24px))
          var(--media-font-family, helvetica neue, segoe ui, roboto, arial, sans-serif));
        color: var(--media-text-color, var(--media-primary-color, rgb(238 238 238)));
        display: var(--media-dialog-display, inline-flex);
        justify-content: center;
        align-items: center;
        
        transition-behavior: allow-discrete;
        visibility: hidden;
        opacity: 0;
        transform: translateY(2px) scale(.99);
        pointer-events: none;
      }

      :host([open]) {
        transition: display .2s, visibility 0s, opacity .2s ease-out, transform .15s ease-out;
        visibility: visible;
        opacity: 1;
        transform: translateY(0) scale(1);
        pointer-events: auto;
      }

      #content {
        display: flex;
        position: relative;
        box-sizing: border-box;
        width: min(320px, 100%);
        word-wrap: break-word;
        max-height: 100%;
        overflow: auto;
        text-align: center;
        line-height: 1.4;
      }
    </style>
    ${this.getSlotTemplateHTML(t)}
  `}function In(t){return`
    <slot id="content"></slot>
  `}var Gt={OPEN:"open",ANCHOR:"anchor"},xe=class extends l.HTMLElement{constructor(){super(),Le(this,Ci),Le(this,Xa),Le(this,Za),Le(this,Ja),Le(this,ja),Le(this,er),Le(this,Oi,!1),Le(this,qt,null),Le(this,Xe,null)}static get observedAttributes(){return[Gt.OPEN,Gt.ANCHOR]}get open(){return A(this,Gt.OPEN)}set open(e){T(this,Gt.OPEN,e)}handleEvent(e){switch(e.type){case"invoke":Qe(this,Ja,Ns).call(this,e);break;case"focusout":Qe(this,ja,Hs).call(this,e);break;case"keydown":Qe(this,er,Fs).call(this,e);break}}connectedCallback(){Qe(this,Ci,za).call(this),this.role||(this.role="dialog"),this.addEventListener("invoke",this),this.addEventListener("focusout",this),this.addEventListener("keydown",this)}disconnectedCallback(){this.removeEventListener("invoke",this),this.removeEventListener("focusout",this),this.removeEventListener("keydown",this)}attributeChangedCallback(e,i,a){Qe(this,Ci,za).call(this),e===Gt.OPEN&&a!==i&&(this.open?Qe(this,Xa,xs).call(this):Qe(this,Za,Ps).call(this))}focus(){ir(this,qt,Ba());let e=!this.dispatchEvent(new Event("focus",{composed:!0,cancelable:!0})),i=!this.dispatchEvent(new Event("focusin",{composed:!0,bubbles:!0,cancelable:!0}));if(e||i)return;let a=this.querySelector('[autofocus], [tabindex]:not([tabindex="-1"]), [role="menu"]');a?.focus()}get keysUsed(){return["Escape","Tab"]}};Oi=new WeakMap;qt=new WeakMap;Xe=new WeakMap;Ci=new WeakSet;za=function(){if(!ze(this,Oi)&&(ir(this,Oi,!0),!this.shadowRoot)){this.attachShadow(this.constructor.shadowRootOptions);let t=F(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(t),queueMicrotask(()=>{let{style:e}=C(this.shadowRoot,":host");e.setProperty("transition","display .15s, visibility .15s, opacity .15s ease-in, transform .15s ease-in")})}};Xa=new WeakSet;xs=function(){var t;(t=ze(this,Xe))==null||t.setAttribute("aria-expanded","true"),this.dispatchEvent(new Event("open",{composed:!0,bubbles:!0})),this.addEventListener("transitionend",()=>this.focus(),{once:!0})};Za=new WeakSet;Ps=function(){var t;(t=ze(this,Xe))==null||t.setAttribute("aria-expanded","false"),this.dispatchEvent(new Event("close",{composed:!0,bubbles:!0}))};Ja=new WeakSet;Ns=function(t){ir(this,Xe,t.relatedTarget),ve(this,t.relatedTarget)||(this.open=!this.open)};ja=new WeakSet;Hs=function(t){var e;ve(this,t.relatedTarget)||((e=ze(this,qt))==null||e.focus(),ze(this,Xe)&&ze(this,Xe)!==t.relatedTarget&&this.open&&(this.open=!1))};er=new WeakSet;Fs=function(t){var e,i,a,r,s;let{key:n,ctrlKey:d,altKey:c,metaKey:y}=t;d||c||y||this.keysUsed.includes(n)&&(t.preventDefault(),t.stopPropagation(),n==="Tab"?(t.shiftKey?(i=(e=this.previousElementSibling)==null?void 0:e.focus)==null||i.call(e):(r=(a=this.nextElementSibling)==null?void 0:a.focus)==null||r.call(a),this.blur()):n==="Escape"&&((s=ze(this,qt))==null||s.focus(),this.open=!1))};xe.shadowRootOptions={mode:"open"};xe.getTemplateHTML=Sn;xe.getSlotTemplateHTML=In;l.customElements.get("media-chrome-dialog")||l.customElements.define("media-chrome-dialog",xe);var yn=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Pe=(t,e,i)=>(yn(t,e,"read from private field"),i?i.call(t):e.get(t)),Bs=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},_t,gt,Yt={HOTKEYS:"hotkeys"},kn=[{keys:[{key:" ",label:"Space"},{key:"k"}],description:"Toggle Playback"},{keys:[{key:"m"}],description:"Toggle mute"},{keys:[{key:"f"}],description:"Toggle fullscreen"},{keys:[{key:"c"}],description:"Toggle captions or subtitles, if available"},{keys:[{key:"p"}],description:"Toggle Picture in Picture"},{keys:[{key:"ArrowLeft",label:"\u2190"},{key:"j"}],description:"Seek back 10s"},{keys:[{key:"ArrowRight",label:"\u2192"},{key:"l"}],description:"Seek forward 10s"},{keys:[{key:"ArrowUp",label:"\u2191"}],description:"Turn volume up"},{keys:[{key:"ArrowDown",label:"\u2193"}],description:"Turn volume down"},{keys:[{key:"<",label:"< (SHIFT+,)"}],description:"Decrease playback rate"},{keys:[{key:">",label:"> (SHIFT+.)"}],description:"Increase playback rate"},{keys:[{key:"shift+/",label:"SHIFT+/"}],description:"Show keyboard shortcuts"}];function xi(t){return t===" "?"nospace":`no${t.toLowerCase()}`}function wn(t){let e=new Set(t?.split(/\s+/));return kn.map(({keys:i,description:a})=>({keys:i.filter(({key:r})=>!e.has(xi(r))),description:a})).filter(({keys:i})=>i.length)}function Mn(t){return`
    <style>
      :host {
        position: fixed;
        top: 0;
        left: 0;
        z-index: 9999;
        background: rgb(20 20 30 / .8);
        backdrop-filter: blur(10px);
      }

      #content {
        display: block;
        width: clamp(400px, 40vw, 700px);
        max-width: 90vw;
        text-align: left;
      }

      h2 {
        margin: 0 0 1.5rem 0;
        font-size: 1.5rem;
        font-weight: 500;
        text-align: center;
      }

      .shortcuts-table {
        width: 100%;
        border-collapse: collapse;
      }

      .shortcuts-table tr {
        border-bottom: 1px solid rgba(255, 255, 255, 0.1);
      }

      .shortcuts-table tr:last-child {
        border-bottom: none;
      }

      .shortcuts-table td {
        padding: 0.75rem 0.5rem;
      }

      .shortcuts-table td:first-child {
        text-align: right;
        padding-right: 1rem;
        width: 40%;
        min-width: 120px;
      }

      .shortcuts-table td:last-child {
        padding-left: 1rem;
      }

      .key {
        display: inline-block;
        background: rgba(255, 255, 255, 0.15);
        border: 1px solid rgba(255, 255, 255, 0.2);
        border-radius: 4px;
        padding: 0.25rem 0.5rem;
        font-family: 'Courier New', monospace;
        font-size: 0.9rem;
        font-weight: 500;
        min-width: 1.5rem;
        text-align: center;
        margin: 0 0.2rem;
      }

      .description {
        color: rgba(255, 255, 255, 0.9);
        font-size: 0.95rem;
      }

      .key-combo {
        display: flex;
        align-items: center;
        justify-content: flex-end;
        gap: 0.3rem;
      }

      .key-separator {
        color: rgba(255, 255, 255, 0.5);
        font-size: 0.9rem;
      }
    </style>
    <slot id="content">
      ${Ws(t[Yt.HOTKEYS])}
    </slot>
  `}function Ws(t){return`
    <h2>Keyboard Shortcuts</h2>
    <table class="shortcuts-table">${wn(t).map(({keys:i,description:a})=>`
        <tr>
          <td>
            <div class="key-combo">${i.map(({key:s,label:n=s},d)=>d>0?`<span class="key-separator">or</span><span class="key">${n}</span>`:`<span class="key">${n}</span>`).join("")}</div>
          </td>
          <td class="description">${a}</td>
        </tr>
      `).join("")}</table>
  `}var Ui=class extends xe{constructor(){super(...arguments),Bs(this,_t,e=>{var i;if(!this.open)return;let a=(i=this.shadowRoot)==null?void 0:i.querySelector("#content");if(!a)return;let r=e.composedPath(),s=r[0]===this||r.includes(this),n=r.includes(a);s&&!n&&(this.open=!1)}),Bs(this,gt,e=>{if(!this.open)return;let i=e.shiftKey&&(e.key==="/"||e.key==="?");(e.key==="Escape"||i)&&!e.ctrlKey&&!e.altKey&&!e.metaKey&&(this.open=!1,e.preventDefault(),e.stopPropagation())})}static get observedAttributes(){return[...super.observedAttributes,Yt.HOTKEYS]}get hotkeys(){var e;return(e=D(this,Yt.HOTKEYS))!=null?e:void 0}set hotkeys(e){L(this,Yt.HOTKEYS,e)}connectedCallback(){super.connectedCallback(),this.open&&(this.addEventListener("click",Pe(this,_t)),document.addEventListener("keydown",Pe(this,gt)))}disconnectedCallback(){this.removeEventListener("click",Pe(this,_t)),document.removeEventListener("keydown",Pe(this,gt))}attributeChangedCallback(e,i,a){var r;if(super.attributeChangedCallback(e,i,a),e==="open")this.open?(this.addEventListener("click",Pe(this,_t)),document.addEventListener("keydown",Pe(this,gt))):(this.removeEventListener("click",Pe(this,_t)),document.removeEventListener("keydown",Pe(this,gt)));else if(e===Yt.HOTKEYS&&a!==i){let s=(r=this.shadowRoot)==null?void 0:r.querySelector("#content");s&&(s.innerHTML=Ws(a))}}};_t=new WeakMap;gt=new WeakMap;Ui.getSlotTemplateHTML=Mn;l.customElements.get("media-keyboard-shortcuts-dialog")||l.customElements.define("media-keyboard-shortcuts-dialog",Ui);var $s=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},V=(t,e,i)=>($s(t,e,"read from private field"),i?i.call(t):e.get(t)),Qt=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Pi=(t,e,i,a)=>($s(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),bt,At,Ni,Ze,Re,Ne,Hi=class{constructor(e,i,{defaultValue:a}={defaultValue:void 0}){Qt(this,Re),Qt(this,bt,void 0),Qt(this,At,void 0),Qt(this,Ni,void 0),Qt(this,Ze,new Set),Pi(this,bt,e),Pi(this,At,i),Pi(this,Ni,new Set(a))}[Symbol.iterator](){return V(this,Re,Ne).values()}get length(){return V(this,Re,Ne).size}get value(){var e;return(e=[...V(this,Re,Ne)].join(" "))!=null?e:""}set value(e){var i;e!==this.value&&(Pi(this,Ze,new Set),this.add(...(i=e?.split(" "))!=null?i:[]))}toString(){return this.value}item(e){return[...V(this,Re,Ne)][e]}values(){return V(this,Re,Ne).values()}forEach(e,i){V(this,Re,Ne).forEach(e,i)}add(...e){var i,a;e.forEach(r=>V(this,Ze).add(r)),!(this.value===""&&!((i=V(this,bt))!=null&&i.hasAttribute(`${V(this,At)}`)))&&((a=V(this,bt))==null||a.setAttribute(`${V(this,At)}`,`${this.value}`))}remove(...e){var i;e.forEach(a=>V(this,Ze).delete(a)),(i=V(this,bt))==null||i.setAttribute(`${V(this,At)}`,`${this.value}`)}contains(e){return V(this,Re,Ne).has(e)}toggle(e,i){return typeof i<"u"?i?(this.add(e),!0):(this.remove(e),!1):this.contains(e)?(this.remove(e),!1):(this.add(e),!0)}replace(e,i){return this.remove(e),this.add(i),e===i}};bt=new WeakMap;At=new WeakMap;Ni=new WeakMap;Ze=new WeakMap;Re=new WeakSet;Ne=function(){return V(this,Ze).size?V(this,Ze):V(this,Ni)};function Vs(t){return t?.map(Ln).join(" ")}function Ln(t){if(t){let{id:e,width:i,height:a}=t;return[e,i,a].filter(r=>r!=null).join(":")}}function Ks(t){return t?.map(Rn).join(" ")}function Rn(t){if(t){let{id:e,kind:i,language:a,label:r}=t;return[e,i,a,r].filter(s=>s!=null).join(":")}}function Tt(t){return typeof t=="number"&&!Number.isNaN(t)&&Number.isFinite(t)}var Fi=t=>new Promise(e=>setTimeout(e,t));var Dn=(t="")=>t.split(/\s+/),Gs=(t="")=>{let[e,i,a]=t.split(":"),r=a?decodeURIComponent(a):void 0;return{kind:e==="cc"?J.CAPTIONS:J.SUBTITLES,language:i,label:r}},ar=(t="",e={})=>Dn(t).map(i=>{let a=Gs(i);return{...e,...a}}),rr=t=>t?Array.isArray(t)?t.map(e=>typeof e=="string"?Gs(e):e):typeof t=="string"?ar(t):[t]:[],Cn=({kind:t,label:e,language:i}={kind:"subtitles"})=>e?`${t==="captions"?"cc":"sb"}:${i}:${encodeURIComponent(e)}`:i,zt=(t=[])=>Array.prototype.map.call(t,Cn).join(" "),On=(t,e)=>i=>i[t]===e,qs=t=>{let e=Object.entries(t).map(([i,a])=>On(i,a));return i=>e.every(a=>a(i))},Je=(t,e=[],i=[])=>{let a=rr(i).map(qs),r=s=>a.some(n=>n(s));Array.from(e).filter(r).forEach(s=>{s.mode=t})},je=(t,e=()=>!0)=>{if(!t?.textTracks)return[];let i=typeof e=="function"?e:qs(e);return Array.from(t.textTracks).filter(i)},Ys=t=>{var e;return!!((e=t.mediaSubtitlesShowing)!=null&&e.length)||t.hasAttribute(o.MEDIA_SUBTITLES_SHOWING)};var zs=t=>{var e;let{media:i,fullscreenElement:a}=t;try{let r=a&&"requestFullscreen"in a?"requestFullscreen":a&&"webkitRequestFullScreen"in a?"webkitRequestFullScreen":void 0;if(r){let s=(e=a[r])==null?void 0:e.call(a);if(s instanceof Promise)return s.catch(()=>{})}else i?.webkitEnterFullscreen?i.webkitEnterFullscreen():i?.requestFullscreen&&i.requestFullscreen()}catch(r){console.error(r)}},Qs="exitFullscreen"in H?"exitFullscreen":"webkitExitFullscreen"in H?"webkitExitFullscreen":"webkitCancelFullScreen"in H?"webkitCancelFullScreen":void 0,Xs=t=>{var e;let{documentElement:i}=t;if(Qs){let a=(e=i?.[Qs])==null?void 0:e.call(i);if(a instanceof Promise)return a.catch(()=>{})}},Xt="fullscreenElement"in H?"fullscreenElement":"webkitFullscreenElement"in H?"webkitFullscreenElement":void 0,Un=t=>{let{documentElement:e,media:i}=t,a=e?.[Xt];return!a&&"webkitDisplayingFullscreen"in i&&"webkitPresentationMode"in i&&i.webkitDisplayingFullscreen&&i.webkitPresentationMode===Ss.FULLSCREEN?i:a},Zs=t=>{var e;let{media:i,documentElement:a,fullscreenElement:r=i}=t;if(!i||!a)return!1;let s=Un(t);if(!s)return!1;if(s===r||s===i)return!0;if(s.localName.includes("-")){let n=s.shadowRoot;if(!(Xt in n))return ve(s,r);for(;n?.[Xt];){if(n[Xt]===r)return!0;n=(e=n[Xt])==null?void 0:e.shadowRoot}}return!1},xn="fullscreenEnabled"in H?"fullscreenEnabled":"webkitFullscreenEnabled"in H?"webkitFullscreenEnabled":void 0,Js=t=>{let{documentElement:e,media:i}=t;return!!e?.[xn]||i&&"webkitSupportsFullscreen"in i};var Bi,sr=()=>{var t,e;return Bi||(Bi=(e=(t=H)==null?void 0:t.createElement)==null?void 0:e.call(t,"video"),Bi)},js=async(t=sr())=>{if(!t)return!1;let e=t.volume;t.volume=e/2+.1;let i=new AbortController,a=await Promise.race([Pn(t,i.signal),Nn(t,e)]);return i.abort(),a},Pn=(t,e)=>new Promise(i=>{t.addEventListener("volumechange",()=>i(!0),{signal:e})}),Nn=async(t,e)=>{for(let i=0;i<10;i++){if(t.volume===e)return!1;await Fi(10)}return t.volume!==e},Hn=/.*Version\/.*Safari\/.*/.test(l.navigator.userAgent),or=(t=sr())=>l.matchMedia("(display-mode: standalone)").matches&&Hn?!1:typeof t?.requestPictureInPicture=="function",nr=(t=sr())=>Js({documentElement:H,media:t}),eo=nr(),to=or(),io=!!l.WebKitPlaybackTargetAvailabilityEvent,ao=!!l.chrome;var St=t=>je(t.media,e=>[J.SUBTITLES,J.CAPTIONS].includes(e.kind)).sort((e,i)=>e.kind>=i.kind?1:-1),lr=t=>je(t.media,e=>e.mode===Ce.SHOWING&&[J.SUBTITLES,J.CAPTIONS].includes(e.kind)),Wi=(t,e)=>{let i=St(t),a=lr(t),r=!!a.length;if(i.length){if(e===!1||r&&e!==!0)Je(Ce.DISABLED,i,a);else if(e===!0||!r&&e!==!1){let s=i[0],{options:n}=t;if(!n?.noSubtitlesLangPref){let I=l.localStorage.getItem("media-chrome-pref-subtitles-lang"),g=I?[I,...l.navigator.languages]:l.navigator.languages,v=i.filter(h=>g.some(_=>h.language.toLowerCase().startsWith(_.split("-")[0]))).sort((h,_)=>{let E=g.findIndex(b=>h.language.toLowerCase().startsWith(b.split("-")[0])),w=g.findIndex(b=>_.language.toLowerCase().startsWith(b.split("-")[0]));return E-w});v[0]&&(s=v[0])}let{language:d,label:c,kind:y}=s;Je(Ce.DISABLED,i,a),Je(Ce.SHOWING,i,[{language:d,label:c,kind:y}])}}},$i=(t,e)=>t===e?!0:t==null||e==null||typeof t!=typeof e?!1:typeof t=="number"&&Number.isNaN(t)&&Number.isNaN(e)?!0:typeof t!="object"?!1:Array.isArray(t)?Fn(t,e):Object.entries(t).every(([i,a])=>i in e&&$i(a,e[i])),Fn=(t,e)=>{let i=Array.isArray(t),a=Array.isArray(e);return i!==a?!1:i||a?t.length!==e.length?!1:t.every((r,s)=>$i(r,e[s])):!0};var Bn=Object.values(te),Vi,Wn=js().then(t=>(Vi=t,Vi)),ro=async(...t)=>{await Promise.all(t.filter(e=>e).map(async e=>{if(!("localName"in e&&e instanceof l.HTMLElement))return;let i=e.localName;if(!i.includes("-"))return;let a=l.customElements.get(i);a&&e instanceof a||(await l.customElements.whenDefined(i),l.customElements.upgrade(e))}))},$n=new l.DOMParser,Vn=t=>t&&($n.parseFromString(t,"text/html").body.textContent||t),It={mediaError:{get(t,e){let{media:i}=t;if(e?.type!=="playing")return i?.error},mediaEvents:["emptied","error","playing"]},mediaErrorCode:{get(t,e){var i;let{media:a}=t;if(e?.type!=="playing")return(i=a?.error)==null?void 0:i.code},mediaEvents:["emptied","error","playing"]},mediaErrorMessage:{get(t,e){var i,a;let{media:r}=t;if(e?.type!=="playing")return(a=(i=r?.error)==null?void 0:i.message)!=null?a:""},mediaEvents:["emptied","error","playing"]},mediaWidth:{get(t){var e;let{media:i}=t;return(e=i?.videoWidth)!=null?e:0},mediaEvents:["resize"]},mediaHeight:{get(t){var e;let{media:i}=t;return(e=i?.videoHeight)!=null?e:0},mediaEvents:["resize"]},mediaPaused:{get(t){var e;let{media:i}=t;return(e=i?.paused)!=null?e:!0},set(t,e){var i;let{media:a}=e;a&&(t?a.pause():(i=a.play())==null||i.catch(()=>{}))},mediaEvents:["play","playing","pause","emptied"]},mediaHasPlayed:{get(t,e){let{media:i}=t;return i?e?e.type==="playing":!i.paused:!1},mediaEvents:["playing","emptied"]},mediaEnded:{get(t){var e;let{media:i}=t;return(e=i?.ended)!=null?e:!1},mediaEvents:["seeked","ended","emptied"]},mediaPlaybackRate:{get(t){var e;let{media:i}=t;return(e=i?.playbackRate)!=null?e:1},set(t,e){let{media:i}=e;i&&Number.isFinite(+t)&&(i.playbackRate=+t)},mediaEvents:["ratechange","loadstart"]},mediaMuted:{get(t){var e;let{media:i}=t;return(e=i?.muted)!=null?e:!1},set(t,e){let{media:i,options:{noMutedPref:a}={}}=e;if(i){i.muted=t;try{let r=l.localStorage.getItem("media-chrome-pref-muted")!==null,s=i.hasAttribute("muted");if(a){r&&l.localStorage.removeItem("media-chrome-pref-muted");return}if(s&&!r)return;l.localStorage.setItem("media-chrome-pref-muted",t?"true":"false")}catch(r){console.debug("Error setting muted pref",r)}}},mediaEvents:["volumechange"],stateOwnersUpdateHandlers:[(t,e)=>{let{options:{noMutedPref:i}}=e,{media:a}=e;if(!(!a||a.muted||i))try{let r=l.localStorage.getItem("media-chrome-pref-muted")==="true";It.mediaMuted.set(r,e),t(r)}catch(r){console.debug("Error getting muted pref",r)}}]},mediaLoop:{get(t){let{media:e}=t;return e?.loop},set(t,e){let{media:i}=e;i&&(i.loop=t)},mediaEvents:["medialooprequest"]},mediaVolume:{get(t){var e;let{media:i}=t;return(e=i?.volume)!=null?e:1},set(t,e){let{media:i,options:{noVolumePref:a}={}}=e;if(i){try{t==null?l.localStorage.removeItem("media-chrome-pref-volume"):!i.hasAttribute("muted")&&!a&&l.localStorage.setItem("media-chrome-pref-volume",t.toString())}catch(r){console.debug("Error setting volume pref",r)}Number.isFinite(+t)&&(i.volume=+t)}},mediaEvents:["volumechange"],stateOwnersUpdateHandlers:[(t,e)=>{let{options:{noVolumePref:i}}=e;if(!i)try{let{media:a}=e;if(!a)return;let r=l.localStorage.getItem("media-chrome-pref-volume");if(r==null)return;It.mediaVolume.set(+r,e),t(+r)}catch(a){console.debug("Error getting volume pref",a)}}]},mediaVolumeLevel:{get(t){let{media:e}=t;return typeof e?.volume>"u"?"high":e.muted||e.volume===0?"off":e.volume<.5?"low":e.volume<.75?"medium":"high"},mediaEvents:["volumechange"]},mediaCurrentTime:{get(t){var e;let{media:i}=t;return(e=i?.currentTime)!=null?e:0},set(t,e){let{media:i}=e;!i||!Tt(t)||(i.currentTime=t)},mediaEvents:["timeupdate","loadedmetadata","seeking"]},mediaDuration:{get(t){let{media:e,options:{defaultDuration:i}={}}=t;return i&&(!e||!e.duration||Number.isNaN(e.duration)||!Number.isFinite(e.duration))?i:Number.isFinite(e?.duration)?e.duration:Number.NaN},mediaEvents:["durationchange","loadedmetadata","emptied"]},mediaLoading:{get(t){let{media:e}=t;return e?.readyState<3},mediaEvents:["waiting","playing","emptied"]},mediaSeekable:{get(t){var e;let{media:i}=t;if(!((e=i?.seekable)!=null&&e.length))return;let a=i.seekable.start(0),r=i.seekable.end(i.seekable.length-1);if(!(!a&&!r))return[Number(a.toFixed(3)),Number(r.toFixed(3))]},mediaEvents:["loadedmetadata","emptied","progress","seekablechange"]},mediaBuffered:{get(t){var e;let{media:i}=t,a=(e=i?.buffered)!=null?e:[];return Array.from(a).map((r,s)=>[Number(a.start(s).toFixed(3)),Number(a.end(s).toFixed(3))])},mediaEvents:["progress","emptied"]},mediaStreamType:{get(t){let{media:e,options:{defaultStreamType:i}={}}=t,a=[te.LIVE,te.ON_DEMAND].includes(i)?i:void 0;if(!e)return a;let{streamType:r}=e;if(Bn.includes(r))return r===te.UNKNOWN?a:r;let s=e.duration;return s===1/0?te.LIVE:Number.isFinite(s)?te.ON_DEMAND:a},mediaEvents:["emptied","durationchange","loadedmetadata","streamtypechange"]},mediaTargetLiveWindow:{get(t){let{media:e}=t;if(!e)return Number.NaN;let{targetLiveWindow:i}=e,a=It.mediaStreamType.get(t);return(i==null||Number.isNaN(i))&&a===te.LIVE?0:i},mediaEvents:["emptied","durationchange","loadedmetadata","streamtypechange","targetlivewindowchange"]},mediaTimeIsLive:{get(t){let{media:e,options:{liveEdgeOffset:i=10}={}}=t;if(!e)return!1;if(typeof e.liveEdgeStart=="number")return Number.isNaN(e.liveEdgeStart)?!1:e.currentTime>=e.liveEdgeStart;if(!(It.mediaStreamType.get(t)===te.LIVE))return!1;let r=e.seekable;if(!r)return!0;if(!r.length)return!1;let s=r.end(r.length-1)-i;return e.currentTime>=s},mediaEvents:["playing","timeupdate","progress","waiting","emptied"]},mediaSubtitlesList:{get(t){return St(t).map(({kind:e,label:i,language:a})=>({kind:e,label:i,language:a}))},mediaEvents:["loadstart"],textTracksEvents:["addtrack","removetrack"]},mediaSubtitlesShowing:{get(t){return lr(t).map(({kind:e,label:i,language:a})=>({kind:e,label:i,language:a}))},mediaEvents:["loadstart"],textTracksEvents:["addtrack","removetrack","change"],stateOwnersUpdateHandlers:[(t,e)=>{var i,a;let{media:r,options:s}=e;if(!r)return;let n=d=>{var c;!s.defaultSubtitles||d&&![J.CAPTIONS,J.SUBTITLES].includes((c=d?.track)==null?void 0:c.kind)||Wi(e,!0)};return r.addEventListener("loadstart",n),(i=r.textTracks)==null||i.addEventListener("addtrack",n),(a=r.textTracks)==null||a.addEventListener("removetrack",n),()=>{var d,c;r.removeEventListener("loadstart",n),(d=r.textTracks)==null||d.removeEventListener("addtrack",n),(c=r.textTracks)==null||c.removeEventListener("removetrack",n)}}]},mediaChaptersCues:{get(t){var e;let{media:i}=t;if(!i)return[];let[a]=je(i,{kind:J.CHAPTERS});return Array.from((e=a?.cues)!=null?e:[]).map(({text:r,startTime:s,endTime:n})=>({text:Vn(r),startTime:s,endTime:n}))},mediaEvents:["loadstart","loadedmetadata"],textTracksEvents:["addtrack","removetrack","change"],stateOwnersUpdateHandlers:[(t,e)=>{var i;let{media:a}=e;if(!a)return;let r=a.querySelector('track[kind="chapters"][default][src]'),s=(i=a.shadowRoot)==null?void 0:i.querySelector(':is(video,audio) > track[kind="chapters"][default][src]');return r?.addEventListener("load",t),s?.addEventListener("load",t),()=>{r?.removeEventListener("load",t),s?.removeEventListener("load",t)}}]},mediaIsPip:{get(t){var e,i;let{media:a,documentElement:r}=t;if(!a||!r||!r.pictureInPictureElement)return!1;if(r.pictureInPictureElement===a)return!0;if(r.pictureInPictureElement instanceof HTMLMediaElement)return(e=a.localName)!=null&&e.includes("-")?ve(a,r.pictureInPictureElement):!1;if(r.pictureInPictureElement.localName.includes("-")){let s=r.pictureInPictureElement.shadowRoot;for(;s?.pictureInPictureElement;){if(s.pictureInPictureElement===a)return!0;s=(i=s.pictureInPictureElement)==null?void 0:i.shadowRoot}}return!1},set(t,e){let{media:i}=e;if(i)if(t){if(!H.pictureInPictureEnabled){console.warn("MediaChrome: Picture-in-picture is not enabled");return}if(!i.requestPictureInPicture){console.warn("MediaChrome: The current media does not support picture-in-picture");return}let a=()=>{console.warn("MediaChrome: The media is not ready for picture-in-picture. It must have a readyState > 0.")};i.requestPictureInPicture().catch(r=>{if(r.code===11){if(!i.src){console.warn("MediaChrome: The media is not ready for picture-in-picture. It must have a src set.");return}if(i.readyState===0&&i.preload==="none"){let s=()=>{i.removeEventListener("loadedmetadata",n),i.preload="none"},n=()=>{i.requestPictureInPicture().catch(a),s()};i.addEventListener("loadedmetadata",n),i.preload="metadata",setTimeout(()=>{i.readyState===0&&a(),s()},1e3)}else throw r}else throw r})}else H.pictureInPictureElement&&H.exitPictureInPicture()},mediaEvents:["enterpictureinpicture","leavepictureinpicture"]},mediaRenditionList:{get(t){var e;let{media:i}=t;return[...(e=i?.videoRenditions)!=null?e:[]].map(a=>({...a}))},mediaEvents:["emptied","loadstart"],videoRenditionsEvents:["addrendition","removerendition"]},mediaRenditionSelected:{get(t){var e,i,a;let{media:r}=t;return(a=(i=r?.videoRenditions)==null?void 0:i[(e=r.videoRenditions)==null?void 0:e.selectedIndex])==null?void 0:a.id},set(t,e){let{media:i}=e;if(!i?.videoRenditions){console.warn("MediaController: Rendition selection not supported by this media.");return}let a=t,r=Array.prototype.findIndex.call(i.videoRenditions,s=>s.id==a);i.videoRenditions.selectedIndex!=r&&(i.videoRenditions.selectedIndex=r)},mediaEvents:["emptied"],videoRenditionsEvents:["addrendition","removerendition","change"]},mediaAudioTrackList:{get(t){var e;let{media:i}=t;return[...(e=i?.audioTracks)!=null?e:[]]},mediaEvents:["emptied","loadstart"],audioTracksEvents:["addtrack","removetrack"]},mediaAudioTrackEnabled:{get(t){var e,i;let{media:a}=t;return(i=[...(e=a?.audioTracks)!=null?e:[]].find(r=>r.enabled))==null?void 0:i.id},set(t,e){let{media:i}=e;if(!i?.audioTracks){console.warn("MediaChrome: Audio track selection not supported by this media.");return}let a=t;for(let r of i.audioTracks)r.enabled=a==r.id},mediaEvents:["emptied"],audioTracksEvents:["addtrack","removetrack","change"]},mediaIsFullscreen:{get(t){return Zs(t)},set(t,e,i){var a,r;t?(zs(e),i.detail&&!((a=e.media)!=null&&a.inert)&&((r=e.media)==null||r.focus())):Xs(e)},rootEvents:["fullscreenchange","webkitfullscreenchange"],mediaEvents:["webkitbeginfullscreen","webkitendfullscreen","webkitpresentationmodechanged"]},mediaIsCasting:{get(t){var e;let{media:i}=t;return!i?.remote||((e=i.remote)==null?void 0:e.state)==="disconnected"?!1:i.remote.state==="connected"},set(t,e){var i,a;let{media:r}=e;if(r&&!(t&&((i=r.remote)==null?void 0:i.state)!=="disconnected")&&!(!t&&((a=r.remote)==null?void 0:a.state)!=="connected")){if(typeof r.remote.prompt!="function"){console.warn("MediaChrome: Casting is not supported in this environment");return}r.remote.prompt().catch(()=>{})}},remoteEvents:["connect","connecting","disconnect"]},mediaIsAirplaying:{get(){return!1},set(t,e){let{media:i}=e;if(i){if(!(i.webkitShowPlaybackTargetPicker&&l.WebKitPlaybackTargetAvailabilityEvent)){console.error("MediaChrome: received a request to select AirPlay but AirPlay is not supported in this environment");return}i.webkitShowPlaybackTargetPicker()}},mediaEvents:["webkitcurrentplaybacktargetiswirelesschanged"]},mediaFullscreenUnavailable:{get(t){let{media:e}=t;if(!eo||!nr(e))return j.UNSUPPORTED}},mediaPipUnavailable:{get(t){let{media:e}=t;if(!to||!or(e))return j.UNSUPPORTED;if(e?.disablePictureInPicture)return j.UNAVAILABLE}},mediaVolumeUnavailable:{get(t){let{media:e}=t;if(Vi===!1||e?.volume==null)return j.UNSUPPORTED},stateOwnersUpdateHandlers:[t=>{Vi==null&&Wn.then(e=>t(e?void 0:j.UNSUPPORTED))}]},mediaCastUnavailable:{get(t,{availability:e="not-available"}={}){var i;let{media:a}=t;if(!ao||!((i=a?.remote)!=null&&i.state))return j.UNSUPPORTED;if(!(e==null||e==="available"))return j.UNAVAILABLE},stateOwnersUpdateHandlers:[(t,e)=>{var i;let{media:a}=e;return a?(a.disableRemotePlayback||a.hasAttribute("disableremoteplayback")||(i=a?.remote)==null||i.watchAvailability(s=>{t({availability:s?"available":"not-available"})}).catch(s=>{s.name==="NotSupportedError"?t({availability:null}):t({availability:"not-available"})}),()=>{var s;(s=a?.remote)==null||s.cancelWatchAvailability().catch(()=>{})}):void 0}]},mediaAirplayUnavailable:{get(t,e){if(!io)return j.UNSUPPORTED;if(e?.availability==="not-available")return j.UNAVAILABLE},mediaEvents:["webkitplaybacktargetavailabilitychanged"],stateOwnersUpdateHandlers:[(t,e)=>{var i;let{media:a}=e;return a?(a.disableRemotePlayback||a.hasAttribute("disableremoteplayback")||(i=a?.remote)==null||i.watchAvailability(s=>{t({availability:s?"available":"not-available"})}).catch(s=>{s.name==="NotSupportedError"?t({availability:null}):t({availability:"not-available"})}),()=>{var s;(s=a?.remote)==null||s.cancelWatchAvailability().catch(()=>{})}):void 0}]},mediaRenditionUnavailable:{get(t){var e;let{media:i}=t;if(!i?.videoRenditions)return j.UNSUPPORTED;if(!((e=i.videoRenditions)!=null&&e.length))return j.UNAVAILABLE},mediaEvents:["emptied","loadstart"],videoRenditionsEvents:["addrendition","removerendition"]},mediaAudioTrackUnavailable:{get(t){var e,i;let{media:a}=t;if(!a?.audioTracks)return j.UNSUPPORTED;if(((i=(e=a.audioTracks)==null?void 0:e.length)!=null?i:0)<=1)return j.UNAVAILABLE},mediaEvents:["emptied","loadstart"],audioTracksEvents:["addtrack","removetrack"]},mediaLang:{get(t){let{options:{mediaLang:e}={}}=t;return e??"en"}}};var so={[m.MEDIA_PREVIEW_REQUEST](t,e,{detail:i}){var a,r,s;let{media:n}=e,d=i??void 0,c,y;if(n&&d!=null){let[h]=je(n,{kind:J.METADATA,label:"thumbnails"}),_=Array.prototype.find.call((a=h?.cues)!=null?a:[],(E,w,b)=>w===0?E.endTime>d:w===b.length-1?E.startTime<=d:E.startTime<=d&&E.endTime>d);if(_){let E=/'^(?:[a-z]+:)?\/\//i.test(_.text)||(r=n?.querySelector('track[label="thumbnails"]'))==null?void 0:r.src,w=new URL(_.text,E);y=new URLSearchParams(w.hash).get("#xywh").split(",").map(z=>+z),c=w.href}}let I=t.mediaDuration.get(e),v=(s=t.mediaChaptersCues.get(e).find((h,_,E)=>_===E.length-1&&I===h.endTime?h.startTime<=d&&h.endTime>=d:h.startTime<=d&&h.endTime>d))==null?void 0:s.text;return i!=null&&v==null&&(v=""),{mediaPreviewTime:d,mediaPreviewImage:c,mediaPreviewCoords:y,mediaPreviewChapter:v}},[m.MEDIA_PAUSE_REQUEST](t,e){t["mediaPaused"].set(!0,e)},[m.MEDIA_PLAY_REQUEST](t,e){var i,a,r,s;let n="mediaPaused",c=t.mediaStreamType.get(e)===te.LIVE,y=!((i=e.options)!=null&&i.noAutoSeekToLive),I=t.mediaTargetLiveWindow.get(e)>0;if(c&&y&&!I){let g=(a=t.mediaSeekable.get(e))==null?void 0:a[1];if(g){let v=(s=(r=e.options)==null?void 0:r.seekToLiveOffset)!=null?s:0,h=g-v;t.mediaCurrentTime.set(h,e)}}t[n].set(!1,e)},[m.MEDIA_PLAYBACK_RATE_REQUEST](t,e,{detail:i}){let a="mediaPlaybackRate",r=i;t[a].set(r,e)},[m.MEDIA_MUTE_REQUEST](t,e){t["mediaMuted"].set(!0,e)},[m.MEDIA_UNMUTE_REQUEST](t,e){let i="mediaMuted";t.mediaVolume.get(e)||t.mediaVolume.set(.25,e),t[i].set(!1,e)},[m.MEDIA_LOOP_REQUEST](t,e,{detail:i}){let a="mediaLoop",r=!!i;return t[a].set(r,e),{mediaLoop:r}},[m.MEDIA_VOLUME_REQUEST](t,e,{detail:i}){let a="mediaVolume",r=i;r&&t.mediaMuted.get(e)&&t.mediaMuted.set(!1,e),t[a].set(r,e)},[m.MEDIA_SEEK_REQUEST](t,e,{detail:i}){let a="mediaCurrentTime",r=i;t[a].set(r,e)},[m.MEDIA_SEEK_TO_LIVE_REQUEST](t,e){var i,a,r;let s="mediaCurrentTime",n=(i=t.mediaSeekable.get(e))==null?void 0:i[1];if(Number.isNaN(Number(n)))return;let d=(r=(a=e.options)==null?void 0:a.seekToLiveOffset)!=null?r:0,c=n-d;t[s].set(c,e)},[m.MEDIA_SHOW_SUBTITLES_REQUEST](t,e,{detail:i}){var a;let{options:r}=e,s=St(e),n=rr(i),d=(a=n[0])==null?void 0:a.language;d&&!r.noSubtitlesLangPref&&l.localStorage.setItem("media-chrome-pref-subtitles-lang",d),Je(Ce.SHOWING,s,n)},[m.MEDIA_DISABLE_SUBTITLES_REQUEST](t,e,{detail:i}){let a=St(e),r=i??[];Je(Ce.DISABLED,a,r)},[m.MEDIA_TOGGLE_SUBTITLES_REQUEST](t,e,{detail:i}){Wi(e,i)},[m.MEDIA_RENDITION_REQUEST](t,e,{detail:i}){let a="mediaRenditionSelected",r=i;t[a].set(r,e)},[m.MEDIA_AUDIO_TRACK_REQUEST](t,e,{detail:i}){let a="mediaAudioTrackEnabled",r=i;t[a].set(r,e)},[m.MEDIA_ENTER_PIP_REQUEST](t,e){let i="mediaIsPip";t.mediaIsFullscreen.get(e)&&t.mediaIsFullscreen.set(!1,e),t[i].set(!0,e)},[m.MEDIA_EXIT_PIP_REQUEST](t,e){t["mediaIsPip"].set(!1,e)},[m.MEDIA_ENTER_FULLSCREEN_REQUEST](t,e,i){let a="mediaIsFullscreen";t.mediaIsPip.get(e)&&t.mediaIsPip.set(!1,e),t[a].set(!0,e,i)},[m.MEDIA_EXIT_FULLSCREEN_REQUEST](t,e){t["mediaIsFullscreen"].set(!1,e)},[m.MEDIA_ENTER_CAST_REQUEST](t,e){let i="mediaIsCasting";t.mediaIsFullscreen.get(e)&&t.mediaIsFullscreen.set(!1,e),t[i].set(!0,e)},[m.MEDIA_EXIT_CAST_REQUEST](t,e){t["mediaIsCasting"].set(!1,e)},[m.MEDIA_AIRPLAY_REQUEST](t,e){t["mediaIsAirplaying"].set(!0,e)}};var oo=({media:t,fullscreenElement:e,documentElement:i,stateMediator:a=It,requestMap:r=so,options:s={},monitorStateOwnersOnlyWithSubscriptions:n=!0})=>{let d=[],c={options:{...s}},y=Object.freeze({mediaPreviewTime:void 0,mediaPreviewImage:void 0,mediaPreviewCoords:void 0,mediaPreviewChapter:void 0}),I=E=>{E!=null&&($i(E,y)||(y=Object.freeze({...y,...E}),d.forEach(w=>w(y))))},g=()=>{let E=Object.entries(a).reduce((w,[b,{get:z}])=>(w[b]=z(c),w),{});I(E)},v={},h,_=async(E,w)=>{var b,z,Nt,Ht,nt,we,Me,Ft,Ge,qr,Yr,Qr,zr,Xr,Zr,Jr;let jo=!!h;if(h={...c,...h??{},...E},jo)return;await ro(...Object.values(E));let lt=d.length>0&&w===0&&n,jr=c.media!==h.media,es=((b=c.media)==null?void 0:b.textTracks)!==((z=h.media)==null?void 0:z.textTracks),ts=((Nt=c.media)==null?void 0:Nt.videoRenditions)!==((Ht=h.media)==null?void 0:Ht.videoRenditions),is=((nt=c.media)==null?void 0:nt.audioTracks)!==((we=h.media)==null?void 0:we.audioTracks),as=((Me=c.media)==null?void 0:Me.remote)!==((Ft=h.media)==null?void 0:Ft.remote),rs=c.documentElement!==h.documentElement,ss=!!c.media&&(jr||lt),os=!!((Ge=c.media)!=null&&Ge.textTracks)&&(es||lt),ns=!!((qr=c.media)!=null&&qr.videoRenditions)&&(ts||lt),ls=!!((Yr=c.media)!=null&&Yr.audioTracks)&&(is||lt),ds=!!((Qr=c.media)!=null&&Qr.remote)&&(as||lt),cs=!!c.documentElement&&(rs||lt),Pa=ss||os||ns||ls||ds||cs,dt=d.length===0&&w===1&&n,us=!!h.media&&(jr||dt),hs=!!((zr=h.media)!=null&&zr.textTracks)&&(es||dt),ms=!!((Xr=h.media)!=null&&Xr.videoRenditions)&&(ts||dt),ps=!!((Zr=h.media)!=null&&Zr.audioTracks)&&(is||dt),Es=!!((Jr=h.media)!=null&&Jr.remote)&&(as||dt),vs=!!h.documentElement&&(rs||dt),fs=us||hs||ms||ps||Es||vs;if(!(Pa||fs)){Object.entries(h).forEach(([R,Bt])=>{c[R]=Bt}),g(),h=void 0;return}Object.entries(a).forEach(([R,{get:Bt,mediaEvents:en=[],textTracksEvents:tn=[],videoRenditionsEvents:an=[],audioTracksEvents:rn=[],remoteEvents:sn=[],rootEvents:on=[],stateOwnersUpdateHandlers:nn=[]}])=>{v[R]||(v[R]={});let ee=U=>{let N=Bt(c,U);I({[R]:N})},$;$=v[R].mediaEvents,en.forEach(U=>{$&&ss&&(c.media.removeEventListener(U,$),v[R].mediaEvents=void 0),us&&(h.media.addEventListener(U,ee),v[R].mediaEvents=ee)}),$=v[R].textTracksEvents,tn.forEach(U=>{var N,le;$&&os&&((N=c.media.textTracks)==null||N.removeEventListener(U,$),v[R].textTracksEvents=void 0),hs&&((le=h.media.textTracks)==null||le.addEventListener(U,ee),v[R].textTracksEvents=ee)}),$=v[R].videoRenditionsEvents,an.forEach(U=>{var N,le;$&&ns&&((N=c.media.videoRenditions)==null||N.removeEventListener(U,$),v[R].videoRenditionsEvents=void 0),ms&&((le=h.media.videoRenditions)==null||le.addEventListener(U,ee),v[R].videoRenditionsEvents=ee)}),$=v[R].audioTracksEvents,rn.forEach(U=>{var N,le;$&&ls&&((N=c.media.audioTracks)==null||N.removeEventListener(U,$),v[R].audioTracksEvents=void 0),ps&&((le=h.media.audioTracks)==null||le.addEventListener(U,ee),v[R].audioTracksEvents=ee)}),$=v[R].remoteEvents,sn.forEach(U=>{var N,le;$&&ds&&((N=c.media.remote)==null||N.removeEventListener(U,$),v[R].remoteEvents=void 0),Es&&((le=h.media.remote)==null||le.addEventListener(U,ee),v[R].remoteEvents=ee)}),$=v[R].rootEvents,on.forEach(U=>{$&&cs&&(c.documentElement.removeEventListener(U,$),v[R].rootEvents=void 0),vs&&(h.documentElement.addEventListener(U,ee),v[R].rootEvents=ee)});let _i=v[R].stateOwnersUpdateHandlers;if(_i&&Pa&&(Array.isArray(_i)?_i:[_i]).forEach(N=>{typeof N=="function"&&N()}),fs){let U=nn.map(N=>N(ee,h)).filter(N=>typeof N=="function");v[R].stateOwnersUpdateHandlers=U.length===1?U[0]:U}else Pa&&(v[R].stateOwnersUpdateHandlers=void 0)}),Object.entries(h).forEach(([R,Bt])=>{c[R]=Bt}),g(),h=void 0};return _({media:t,fullscreenElement:e,documentElement:i,options:s}),{dispatch(E){let{type:w,detail:b}=E;if(r[w]&&y.mediaErrorCode==null){I(r[w](a,c,E));return}w==="mediaelementchangerequest"?_({media:b}):w==="fullscreenelementchangerequest"?_({fullscreenElement:b}):w==="documentelementchangerequest"?_({documentElement:b}):w==="optionschangerequest"&&(Object.entries(b??{}).forEach(([z,Nt])=>{c.options[z]=Nt}),g())},getState(){return y},subscribe(E){return _({},d.length+1),d.push(E),E(y),()=>{let w=d.indexOf(E);w>=0&&(_({},d.length-1),d.splice(w,1))}}}};var pr=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},p=(t,e,i)=>(pr(t,e,"read from private field"),i?i.call(t):e.get(t)),ie=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},he=(t,e,i,a)=>(pr(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),He=(t,e,i)=>(pr(t,e,"access private method"),i),De,Zt,M,ae,Jt,fe,Ki,jt,Gi,dr,tt,qi,cr,ei,Yi,ur,po,Eo=["ArrowLeft","ArrowRight","ArrowUp","ArrowDown","Enter"," ","f","m","k","c","l","j",">","<","p"],no=10,lo=.025,co=.25,Kn=.25,Gn=2,u={DEFAULT_SUBTITLES:"defaultsubtitles",DEFAULT_STREAM_TYPE:"defaultstreamtype",DEFAULT_DURATION:"defaultduration",FULLSCREEN_ELEMENT:"fullscreenelement",HOTKEYS:"hotkeys",KEYBOARD_BACKWARD_SEEK_OFFSET:"keyboardbackwardseekoffset",KEYBOARD_FORWARD_SEEK_OFFSET:"keyboardforwardseekoffset",KEYBOARD_DOWN_VOLUME_STEP:"keyboarddownvolumestep",KEYBOARD_UP_VOLUME_STEP:"keyboardupvolumestep",KEYS_USED:"keysused",LANG:"lang",LOOP:"loop",LIVE_EDGE_OFFSET:"liveedgeoffset",NO_AUTO_SEEK_TO_LIVE:"noautoseektolive",NO_DEFAULT_STORE:"nodefaultstore",NO_HOTKEYS:"nohotkeys",NO_MUTED_PREF:"nomutedpref",NO_SUBTITLES_LANG_PREF:"nosubtitleslangpref",NO_VOLUME_PREF:"novolumepref",SEEK_TO_LIVE_OFFSET:"seektoliveoffset"},hr=class extends Ye{constructor(){super(),ie(this,Gi),ie(this,qi),ie(this,ei),ie(this,ur),this.mediaStateReceivers=[],this.associatedElementSubscriptions=new Map,ie(this,De,new Hi(this,u.HOTKEYS)),ie(this,Zt,void 0),ie(this,M,void 0),ie(this,ae,null),ie(this,Jt,void 0),ie(this,fe,void 0),ie(this,Ki,i=>{var a;(a=p(this,M))==null||a.dispatch(i)}),ie(this,jt,void 0),ie(this,tt,i=>{let{key:a,shiftKey:r}=i;if(!(r&&(a==="/"||a==="?")||Eo.includes(a))){this.removeEventListener("keyup",p(this,tt));return}this.keyboardShortcutHandler(i)}),this.associateElement(this);let e={};he(this,Jt,i=>{Object.entries(i).forEach(([a,r])=>{if(a in e&&e[a]===r)return;this.propagateMediaState(a,r);let s=a.toLowerCase(),n=new l.CustomEvent(Ts[s],{composed:!0,detail:r});this.dispatchEvent(n)}),e=i})}static get observedAttributes(){return super.observedAttributes.concat(u.NO_HOTKEYS,u.HOTKEYS,u.DEFAULT_STREAM_TYPE,u.DEFAULT_SUBTITLES,u.DEFAULT_DURATION,u.NO_MUTED_PREF,u.NO_VOLUME_PREF,u.LANG,u.LOOP,u.LIVE_EDGE_OFFSET,u.SEEK_TO_LIVE_OFFSET,u.NO_AUTO_SEEK_TO_LIVE)}get mediaStore(){return p(this,M)}set mediaStore(e){var i,a;if(p(this,M)&&((i=p(this,fe))==null||i.call(this),he(this,fe,void 0)),he(this,M,e),!p(this,M)&&!this.hasAttribute(u.NO_DEFAULT_STORE)){He(this,Gi,dr).call(this);return}he(this,fe,(a=p(this,M))==null?void 0:a.subscribe(p(this,Jt)))}get fullscreenElement(){var e;return(e=p(this,Zt))!=null?e:this}set fullscreenElement(e){var i;this.hasAttribute(u.FULLSCREEN_ELEMENT)&&this.removeAttribute(u.FULLSCREEN_ELEMENT),he(this,Zt,e),(i=p(this,M))==null||i.dispatch({type:"fullscreenelementchangerequest",detail:this.fullscreenElement})}get defaultSubtitles(){return A(this,u.DEFAULT_SUBTITLES)}set defaultSubtitles(e){T(this,u.DEFAULT_SUBTITLES,e)}get defaultStreamType(){return D(this,u.DEFAULT_STREAM_TYPE)}set defaultStreamType(e){L(this,u.DEFAULT_STREAM_TYPE,e)}get defaultDuration(){return Y(this,u.DEFAULT_DURATION)}set defaultDuration(e){Q(this,u.DEFAULT_DURATION,e)}get noHotkeys(){return A(this,u.NO_HOTKEYS)}set noHotkeys(e){T(this,u.NO_HOTKEYS,e)}get keysUsed(){return D(this,u.KEYS_USED)}set keysUsed(e){L(this,u.KEYS_USED,e)}get liveEdgeOffset(){return Y(this,u.LIVE_EDGE_OFFSET)}set liveEdgeOffset(e){Q(this,u.LIVE_EDGE_OFFSET,e)}get noAutoSeekToLive(){return A(this,u.NO_AUTO_SEEK_TO_LIVE)}set noAutoSeekToLive(e){T(this,u.NO_AUTO_SEEK_TO_LIVE,e)}get noVolumePref(){return A(this,u.NO_VOLUME_PREF)}set noVolumePref(e){T(this,u.NO_VOLUME_PREF,e)}get noMutedPref(){return A(this,u.NO_MUTED_PREF)}set noMutedPref(e){T(this,u.NO_MUTED_PREF,e)}get noSubtitlesLangPref(){return A(this,u.NO_SUBTITLES_LANG_PREF)}set noSubtitlesLangPref(e){T(this,u.NO_SUBTITLES_LANG_PREF,e)}get noDefaultStore(){return A(this,u.NO_DEFAULT_STORE)}set noDefaultStore(e){T(this,u.NO_DEFAULT_STORE,e)}get resolvedLang(){return Ds()}attributeChangedCallback(e,i,a){var r,s,n,d,c,y,I,g,v,h,_,E;if(super.attributeChangedCallback(e,i,a),e===u.NO_HOTKEYS)a!==i&&a===""?(this.hasAttribute(u.HOTKEYS)&&console.warn("Media Chrome: Both `hotkeys` and `nohotkeys` have been set. All hotkeys will be disabled."),this.disableHotkeys()):a!==i&&a===null&&this.enableHotkeys(),He(this,ei,Yi).call(this);else if(e===u.HOTKEYS)p(this,De).value=a,He(this,ei,Yi).call(this);else if(e===u.DEFAULT_SUBTITLES&&a!==i)(r=p(this,M))==null||r.dispatch({type:"optionschangerequest",detail:{defaultSubtitles:this.hasAttribute(u.DEFAULT_SUBTITLES)}});else if(e===u.DEFAULT_STREAM_TYPE)(n=p(this,M))==null||n.dispatch({type:"optionschangerequest",detail:{defaultStreamType:(s=this.getAttribute(u.DEFAULT_STREAM_TYPE))!=null?s:void 0}});else if(e===u.LIVE_EDGE_OFFSET&&a!==i)(d=p(this,M))==null||d.dispatch({type:"optionschangerequest",detail:{liveEdgeOffset:this.hasAttribute(u.LIVE_EDGE_OFFSET)?+this.getAttribute(u.LIVE_EDGE_OFFSET):void 0,seekToLiveOffset:this.hasAttribute(u.SEEK_TO_LIVE_OFFSET)?+this.getAttribute(u.SEEK_TO_LIVE_OFFSET):this.hasAttribute(u.LIVE_EDGE_OFFSET)?+this.getAttribute(u.LIVE_EDGE_OFFSET):void 0}});else if(e===u.SEEK_TO_LIVE_OFFSET&&a!==i)(c=p(this,M))==null||c.dispatch({type:"optionschangerequest",detail:{seekToLiveOffset:this.hasAttribute(u.SEEK_TO_LIVE_OFFSET)?+this.getAttribute(u.SEEK_TO_LIVE_OFFSET):this.hasAttribute(u.LIVE_EDGE_OFFSET)?+this.getAttribute(u.LIVE_EDGE_OFFSET):void 0}});else if(e===u.NO_AUTO_SEEK_TO_LIVE)(y=p(this,M))==null||y.dispatch({type:"optionschangerequest",detail:{noAutoSeekToLive:this.hasAttribute(u.NO_AUTO_SEEK_TO_LIVE)}});else if(e===u.FULLSCREEN_ELEMENT){let w=a?(I=this.getRootNode())==null?void 0:I.getElementById(a):void 0;he(this,Zt,w),(g=p(this,M))==null||g.dispatch({type:"fullscreenelementchangerequest",detail:this.fullscreenElement})}else e===u.LANG&&a!==i?(Va(a),(v=p(this,M))==null||v.dispatch({type:"optionschangerequest",detail:{mediaLang:a}})):e===u.LOOP&&a!==i?(h=p(this,M))==null||h.dispatch({type:m.MEDIA_LOOP_REQUEST,detail:a!=null}):e===u.NO_VOLUME_PREF&&a!==i?(_=p(this,M))==null||_.dispatch({type:"optionschangerequest",detail:{noVolumePref:this.hasAttribute(u.NO_VOLUME_PREF)}}):e===u.NO_MUTED_PREF&&a!==i&&((E=p(this,M))==null||E.dispatch({type:"optionschangerequest",detail:{noMutedPref:this.hasAttribute(u.NO_MUTED_PREF)}}))}connectedCallback(){var e,i,a;this.associateElement(this),!p(this,M)&&!this.hasAttribute(u.NO_DEFAULT_STORE)&&He(this,Gi,dr).call(this),(e=p(this,M))==null||e.dispatch({type:"documentelementchangerequest",detail:H}),(i=p(this,M))==null||i.dispatch({type:"fullscreenelementchangerequest",detail:this.fullscreenElement}),super.connectedCallback(),p(this,M)&&!p(this,fe)&&he(this,fe,(a=p(this,M))==null?void 0:a.subscribe(p(this,Jt))),p(this,jt)!==void 0&&p(this,M)&&this.media&&setTimeout(()=>{var r,s,n;(s=(r=this.media)==null?void 0:r.textTracks)!=null&&s.length&&((n=p(this,M))==null||n.dispatch({type:m.MEDIA_TOGGLE_SUBTITLES_REQUEST,detail:p(this,jt)}))},0),this.hasAttribute(u.NO_HOTKEYS)?this.disableHotkeys():this.enableHotkeys()}disconnectedCallback(){var e,i,a,r,s,n;if((e=super.disconnectedCallback)==null||e.call(this),this.disableHotkeys(),p(this,M)){let d=p(this,M).getState();he(this,jt,!!((i=d.mediaSubtitlesShowing)!=null&&i.length)),(a=p(this,M))==null||a.dispatch({type:"fullscreenelementchangerequest",detail:void 0}),(r=p(this,M))==null||r.dispatch({type:"documentelementchangerequest",detail:void 0}),(s=p(this,M))==null||s.dispatch({type:m.MEDIA_TOGGLE_SUBTITLES_REQUEST,detail:!1})}p(this,fe)&&((n=p(this,fe))==null||n.call(this),he(this,fe,void 0)),this.unassociateElement(this),p(this,ae)&&(p(this,ae).remove(),he(this,ae,null))}mediaSetCallback(e){var i;super.mediaSetCallback(e),(i=p(this,M))==null||i.dispatch({type:"mediaelementchangerequest",detail:e}),e.hasAttribute("tabindex")||(e.tabIndex=-1)}mediaUnsetCallback(e){var i;super.mediaUnsetCallback(e),(i=p(this,M))==null||i.dispatch({type:"mediaelementchangerequest",detail:void 0})}propagateMediaState(e,i){mo(this.mediaStateReceivers,e,i)}associateElement(e){if(!e)return;let{associatedElementSubscriptions:i}=this;if(i.has(e))return;let a=this.registerMediaStateReceiver.bind(this),r=this.unregisterMediaStateReceiver.bind(this),s=Zn(e,a,r);Object.values(m).forEach(n=>{e.addEventListener(n,p(this,Ki))}),i.set(e,s)}unassociateElement(e){if(!e)return;let{associatedElementSubscriptions:i}=this;if(!i.has(e))return;i.get(e)(),i.delete(e),Object.values(m).forEach(r=>{e.removeEventListener(r,p(this,Ki))})}registerMediaStateReceiver(e){if(!e)return;let i=this.mediaStateReceivers;i.indexOf(e)>-1||(i.push(e),p(this,M)&&Object.entries(p(this,M).getState()).forEach(([r,s])=>{mo([e],r,s)}))}unregisterMediaStateReceiver(e){let i=this.mediaStateReceivers,a=i.indexOf(e);a<0||i.splice(a,1)}enableHotkeys(){this.addEventListener("keydown",He(this,qi,cr))}disableHotkeys(){this.removeEventListener("keydown",He(this,qi,cr)),this.removeEventListener("keyup",p(this,tt))}get hotkeys(){return p(this,De)}set hotkeys(e){L(this,u.HOTKEYS,e)}keyboardShortcutHandler(e){var i,a,r,s,n,d,c,y,I;let g=e.target;if(((r=(a=(i=g.getAttribute(u.KEYS_USED))==null?void 0:i.split(" "))!=null?a:g?.keysUsed)!=null?r:[]).map(b=>b==="Space"?" ":b).filter(Boolean).includes(e.key))return;let h,_,E;if(!(p(this,De).contains(xi(e.key))||e.shiftKey&&(e.key==="/"||e.key==="?")&&p(this,De).contains("noshift+/")))switch(e.key){case" ":case"k":h=p(this,M).getState().mediaPaused?m.MEDIA_PLAY_REQUEST:m.MEDIA_PAUSE_REQUEST,this.dispatchEvent(new l.CustomEvent(h,{composed:!0,bubbles:!0}));break;case"m":h=this.mediaStore.getState().mediaVolumeLevel==="off"?m.MEDIA_UNMUTE_REQUEST:m.MEDIA_MUTE_REQUEST,this.dispatchEvent(new l.CustomEvent(h,{composed:!0,bubbles:!0}));break;case"f":h=this.mediaStore.getState().mediaIsFullscreen?m.MEDIA_EXIT_FULLSCREEN_REQUEST:m.MEDIA_ENTER_FULLSCREEN_REQUEST,this.dispatchEvent(new l.CustomEvent(h,{composed:!0,bubbles:!0}));break;case"c":this.dispatchEvent(new l.CustomEvent(m.MEDIA_TOGGLE_SUBTITLES_REQUEST,{composed:!0,bubbles:!0}));break;case"ArrowLeft":case"j":{let b=this.hasAttribute(u.KEYBOARD_BACKWARD_SEEK_OFFSET)?+this.getAttribute(u.KEYBOARD_BACKWARD_SEEK_OFFSET):no;_=Math.max(((s=this.mediaStore.getState().mediaCurrentTime)!=null?s:0)-b,0),E=new l.CustomEvent(m.MEDIA_SEEK_REQUEST,{composed:!0,bubbles:!0,detail:_}),this.dispatchEvent(E);break}case"ArrowRight":case"l":{let b=this.hasAttribute(u.KEYBOARD_FORWARD_SEEK_OFFSET)?+this.getAttribute(u.KEYBOARD_FORWARD_SEEK_OFFSET):no;_=Math.max(((n=this.mediaStore.getState().mediaCurrentTime)!=null?n:0)+b,0),E=new l.CustomEvent(m.MEDIA_SEEK_REQUEST,{composed:!0,bubbles:!0,detail:_}),this.dispatchEvent(E);break}case"ArrowUp":{let b=this.hasAttribute(u.KEYBOARD_UP_VOLUME_STEP)?+this.getAttribute(u.KEYBOARD_UP_VOLUME_STEP):lo;_=Math.min(((d=this.mediaStore.getState().mediaVolume)!=null?d:1)+b,1),E=new l.CustomEvent(m.MEDIA_VOLUME_REQUEST,{composed:!0,bubbles:!0,detail:_}),this.dispatchEvent(E);break}case"ArrowDown":{let b=this.hasAttribute(u.KEYBOARD_DOWN_VOLUME_STEP)?+this.getAttribute(u.KEYBOARD_DOWN_VOLUME_STEP):lo;_=Math.max(((c=this.mediaStore.getState().mediaVolume)!=null?c:1)-b,0),E=new l.CustomEvent(m.MEDIA_VOLUME_REQUEST,{composed:!0,bubbles:!0,detail:_}),this.dispatchEvent(E);break}case"<":{let b=(y=this.mediaStore.getState().mediaPlaybackRate)!=null?y:1;_=Math.max(b-co,Kn).toFixed(2),E=new l.CustomEvent(m.MEDIA_PLAYBACK_RATE_REQUEST,{composed:!0,bubbles:!0,detail:_}),this.dispatchEvent(E);break}case">":{let b=(I=this.mediaStore.getState().mediaPlaybackRate)!=null?I:1;_=Math.min(b+co,Gn).toFixed(2),E=new l.CustomEvent(m.MEDIA_PLAYBACK_RATE_REQUEST,{composed:!0,bubbles:!0,detail:_}),this.dispatchEvent(E);break}case"/":case"?":{e.shiftKey&&He(this,ur,po).call(this);break}case"p":{h=this.mediaStore.getState().mediaIsPip?m.MEDIA_EXIT_PIP_REQUEST:m.MEDIA_ENTER_PIP_REQUEST,E=new l.CustomEvent(h,{composed:!0,bubbles:!0}),this.dispatchEvent(E);break}default:break}}};De=new WeakMap;Zt=new WeakMap;M=new WeakMap;ae=new WeakMap;Jt=new WeakMap;fe=new WeakMap;Ki=new WeakMap;jt=new WeakMap;Gi=new WeakSet;dr=function(){var t;this.mediaStore=oo({media:this.media,fullscreenElement:this.fullscreenElement,options:{defaultSubtitles:this.hasAttribute(u.DEFAULT_SUBTITLES),defaultDuration:this.hasAttribute(u.DEFAULT_DURATION)?+this.getAttribute(u.DEFAULT_DURATION):void 0,defaultStreamType:(t=this.getAttribute(u.DEFAULT_STREAM_TYPE))!=null?t:void 0,liveEdgeOffset:this.hasAttribute(u.LIVE_EDGE_OFFSET)?+this.getAttribute(u.LIVE_EDGE_OFFSET):void 0,seekToLiveOffset:this.hasAttribute(u.SEEK_TO_LIVE_OFFSET)?+this.getAttribute(u.SEEK_TO_LIVE_OFFSET):this.hasAttribute(u.LIVE_EDGE_OFFSET)?+this.getAttribute(u.LIVE_EDGE_OFFSET):void 0,noAutoSeekToLive:this.hasAttribute(u.NO_AUTO_SEEK_TO_LIVE),noVolumePref:this.hasAttribute(u.NO_VOLUME_PREF),noMutedPref:this.hasAttribute(u.NO_MUTED_PREF),noSubtitlesLangPref:this.hasAttribute(u.NO_SUBTITLES_LANG_PREF)}})};tt=new WeakMap;qi=new WeakSet;cr=function(t){var e;let{metaKey:i,altKey:a,key:r,shiftKey:s}=t,n=s&&(r==="/"||r==="?");if(n&&((e=p(this,ae))!=null&&e.open)){this.removeEventListener("keyup",p(this,tt));return}if(i||a||!n&&!Eo.includes(r)){this.removeEventListener("keyup",p(this,tt));return}let d=t.target,c=d instanceof HTMLElement&&(d.tagName.toLowerCase()==="media-volume-range"||d.tagName.toLowerCase()==="media-time-range");[" ","ArrowLeft","ArrowRight","ArrowUp","ArrowDown"].includes(r)&&!p(this,De).contains(xi(r))&&!c&&t.preventDefault(),this.addEventListener("keyup",p(this,tt),{once:!0})};ei=new WeakSet;Yi=function(){p(this,ae)&&(p(this,ae).hotkeys=p(this,De).value||void 0,(this.noHotkeys||p(this,De).contains("noshift+/"))&&(p(this,ae).open=!1))};ur=new WeakSet;po=function(){p(this,ae)||(he(this,ae,H.createElement("media-keyboard-shortcuts-dialog")),He(this,ei,Yi).call(this),this.appendChild(p(this,ae))),p(this,ae).open=!0};var qn=Object.values(o),Yn=Object.values(Ha),vo=t=>{var e,i,a,r;let{observedAttributes:s}=t.constructor;!s&&((e=t.nodeName)!=null&&e.includes("-"))&&(l.customElements.upgrade(t),{observedAttributes:s}=t.constructor);let n=(r=(a=(i=t?.getAttribute)==null?void 0:i.call(t,k.MEDIA_CHROME_ATTRIBUTES))==null?void 0:a.split)==null?void 0:r.call(a,/\s+/);return Array.isArray(s||n)?(s||n).filter(d=>qn.includes(d)):[]},Qn=t=>{var e,i;return(e=t.nodeName)!=null&&e.includes("-")&&l.customElements.get((i=t.nodeName)==null?void 0:i.toLowerCase())&&!(t instanceof l.customElements.get(t.nodeName.toLowerCase()))&&l.customElements.upgrade(t),Yn.some(a=>a in t)},mr=t=>Qn(t)||!!vo(t).length,uo=t=>{var e;return(e=t?.join)==null?void 0:e.call(t,":")},ho={[o.MEDIA_SUBTITLES_LIST]:zt,[o.MEDIA_SUBTITLES_SHOWING]:zt,[o.MEDIA_SEEKABLE]:uo,[o.MEDIA_BUFFERED]:t=>t?.map(uo).join(" "),[o.MEDIA_PREVIEW_COORDS]:t=>t?.join(" "),[o.MEDIA_RENDITION_LIST]:Vs,[o.MEDIA_AUDIO_TRACK_LIST]:Ks},zn=async(t,e,i)=>{var a,r;if(t.isConnected||await Fi(0),typeof i=="boolean"||i==null)return T(t,e,i);if(typeof i=="number")return Q(t,e,i);if(typeof i=="string")return L(t,e,i);if(Array.isArray(i)&&!i.length)return t.removeAttribute(e);let s=(r=(a=ho[e])==null?void 0:a.call(ho,i))!=null?r:i;return t.setAttribute(e,s)},Xn=t=>{var e;return!!((e=t.closest)!=null&&e.call(t,'*[slot="media"]'))},et=(t,e)=>{if(Xn(t))return;let i=(r,s)=>{var n,d;mr(r)&&s(r);let{children:c=[]}=r??{},y=(d=(n=r?.shadowRoot)==null?void 0:n.children)!=null?d:[];[...c,...y].forEach(g=>et(g,s))},a=t?.nodeName.toLowerCase();if(a.includes("-")&&!mr(t)){l.customElements.whenDefined(a).then(()=>{i(t,e)});return}i(t,e)},mo=(t,e,i)=>{t.forEach(a=>{if(e in a){a[e]=i;return}let r=vo(a),s=e.toLowerCase();r.includes(s)&&zn(a,s,i)})},Zn=(t,e,i)=>{et(t,e);let a=I=>{var g;let v=(g=I?.composedPath()[0])!=null?g:I.target;e(v)},r=I=>{var g;let v=(g=I?.composedPath()[0])!=null?g:I.target;i(v)};t.addEventListener(m.REGISTER_MEDIA_STATE_RECEIVER,a),t.addEventListener(m.UNREGISTER_MEDIA_STATE_RECEIVER,r);let s=I=>{I.forEach(g=>{let{addedNodes:v=[],removedNodes:h=[],type:_,target:E,attributeName:w}=g;_==="childList"?(Array.prototype.forEach.call(v,b=>et(b,e)),Array.prototype.forEach.call(h,b=>et(b,i))):_==="attributes"&&w===k.MEDIA_CHROME_ATTRIBUTES&&(mr(E)?e(E):i(E))})},n=[],d=I=>{let g=I.target;g.name!=="media"&&(n.forEach(v=>et(v,i)),n=[...g.assignedElements({flatten:!0})],n.forEach(v=>et(v,e)))};t.addEventListener("slotchange",d);let c=new MutationObserver(s);return c.observe(t,{childList:!0,attributes:!0,subtree:!0}),()=>{et(t,i),t.removeEventListener("slotchange",d),c.disconnect(),t.removeEventListener(m.REGISTER_MEDIA_STATE_RECEIVER,a),t.removeEventListener(m.UNREGISTER_MEDIA_STATE_RECEIVER,r)}};l.customElements.get("media-controller")||l.customElements.define("media-controller",hr);var fo=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Qi=(t,e,i)=>(fo(t,e,"read from private field"),i?i.call(t):e.get(t)),Jn=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},zi=(t,e,i,a)=>(fo(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),_e;function jn(t){return`
    <style>
      :host {
        
        box-sizing: border-box;
        display: var(--media-control-display, var(--media-control-bar-display, inline-flex));
        color: var(--media-text-color, var(--media-primary-color, rgb(238 238 238)));
        --media-loading-indicator-icon-height: 44px;
      }

      ::slotted(media-time-range),
      ::slotted(media-volume-range) {
        min-height: 100%;
      }

      ::slotted(media-time-range),
      ::slotted(media-clip-selector) {
        flex-grow: 1;
      }

      ::slotted([role="menu"]) {
        position: absolute;
      }
    </style>

    <slot></slot>
  `}var ti=class extends l.HTMLElement{constructor(){if(super(),Jn(this,_e,void 0),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=F(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}}static get observedAttributes(){return[k.MEDIA_CONTROLLER]}attributeChangedCallback(e,i,a){var r,s,n,d,c;e===k.MEDIA_CONTROLLER&&(i&&((s=(r=Qi(this,_e))==null?void 0:r.unassociateElement)==null||s.call(r,this),zi(this,_e,null)),a&&this.isConnected&&(zi(this,_e,(n=this.getRootNode())==null?void 0:n.getElementById(a)),(c=(d=Qi(this,_e))==null?void 0:d.associateElement)==null||c.call(d,this)))}connectedCallback(){var e,i,a;let r=this.getAttribute(k.MEDIA_CONTROLLER);r&&(zi(this,_e,(e=this.getRootNode())==null?void 0:e.getElementById(r)),(a=(i=Qi(this,_e))==null?void 0:i.associateElement)==null||a.call(i,this))}disconnectedCallback(){var e,i;(i=(e=Qi(this,_e))==null?void 0:e.unassociateElement)==null||i.call(e,this),zi(this,_e,null)}};_e=new WeakMap;ti.shadowRootOptions={mode:"open"};ti.getTemplateHTML=jn;l.customElements.get("media-control-bar")||l.customElements.define("media-control-bar",ti);var yt={PLACEMENT:"placement",BOUNDS:"bounds"};function el(t){return`
    <style>
      :host {
        --_tooltip-background-color: var(--media-tooltip-background-color, var(--media-secondary-color, rgba(20, 20, 30, .7)));
        --_tooltip-background: var(--media-tooltip-background, var(--_tooltip-background-color));
        --_tooltip-arrow-half-width: calc(var(--media-tooltip-arrow-width, 12px) / 2);
        --_tooltip-arrow-height: var(--media-tooltip-arrow-height, 5px);
        --_tooltip-arrow-background: var(--media-tooltip-arrow-color, var(--_tooltip-background-color));
        position: relative;
        pointer-events: none;
        display: var(--media-tooltip-display, inline-flex);
        justify-content: center;
        align-items: center;
        box-sizing: border-box;
        z-index: var(--media-tooltip-z-index, 1);
        background: var(--_tooltip-background);
        color: var(--media-text-color, var(--media-primary-color, rgb(238 238 238)));
        font: var(--media-font,
          var(--media-font-weight, 400)
          var(--media-font-size, 13px) /
          var(--media-text-content-height, var(--media-control-height, 18px))
          var(--media-font-family, helvetica neue, segoe ui, roboto, arial, sans-serif));
        padding: var(--media-tooltip-padding, .35em .7em);
        border: var(--media-tooltip-border, none);
        border-radius: var(--media-tooltip-border-radius, 5px);
        filter: var(--media-tooltip-filter, drop-shadow(0 0 4px rgba(0, 0, 0, .2)));
        white-space: var(--media-tooltip-white-space, nowrap);
      }

      :host([hidden]) {
        display: none;
      }

      img, svg {
        display: inline-block;
      }

      #arrow {
        position: absolute;
        width: 0px;
        height: 0px;
        border-style: solid;
        display: var(--media-tooltip-arrow-display, block);
      }

      :host(:not([placement])),
      :host([placement="top"]) {
        position: absolute;
        bottom: calc(100% + var(--media-tooltip-distance, 12px));
        left: 50%;
        transform: translate(calc(-50% - var(--media-tooltip-offset-x, 0px)), 0);
      }
      :host(:not([placement])) #arrow,
      :host([placement="top"]) #arrow {
        top: 100%;
        left: 50%;
        border-width: var(--_tooltip-arrow-height) var(--_tooltip-arrow-half-width) 0 var(--_tooltip-arrow-half-width);
        border-color: var(--_tooltip-arrow-background) transparent transparent transparent;
        transform: translate(calc(-50% + var(--media-tooltip-offset-x, 0px)), 0);
      }

      :host([placement="right"]) {
        position: absolute;
        left: calc(100% + var(--media-tooltip-distance, 12px));
        top: 50%;
        transform: translate(0, -50%);
      }
      :host([placement="right"]) #arrow {
        top: 50%;
        right: 100%;
        border-width: var(--_tooltip-arrow-half-width) var(--_tooltip-arrow-height) var(--_tooltip-arrow-half-width) 0;
        border-color: transparent var(--_tooltip-arrow-background) transparent transparent;
        transform: translate(0, -50%);
      }

      :host([placement="bottom"]) {
        position: absolute;
        top: calc(100% + var(--media-tooltip-distance, 12px));
        left: 50%;
        transform: translate(calc(-50% - var(--media-tooltip-offset-x, 0px)), 0);
      }
      :host([placement="bottom"]) #arrow {
        bottom: 100%;
        left: 50%;
        border-width: 0 var(--_tooltip-arrow-half-width) var(--_tooltip-arrow-height) var(--_tooltip-arrow-half-width);
        border-color: transparent transparent var(--_tooltip-arrow-background) transparent;
        transform: translate(calc(-50% + var(--media-tooltip-offset-x, 0px)), 0);
      }

      :host([placement="left"]) {
        position: absolute;
        right: calc(100% + var(--media-tooltip-distance, 12px));
        top: 50%;
        transform: translate(0, -50%);
      }
      :host([placement="left"]) #arrow {
        top: 50%;
        left: 100%;
        border-width: var(--_tooltip-arrow-half-width) 0 var(--_tooltip-arrow-half-width) var(--_tooltip-arrow-height);
        border-color: transparent transparent transparent var(--_tooltip-arrow-background);
        transform: translate(0, -50%);
      }
      
      :host([placement="none"]) #arrow {
        display: none;
      }
    </style>
    <slot></slot>
    <div id="arrow"></div>
  `}var kt=class extends l.HTMLElement{constructor(){if(super(),this.updateXOffset=()=>{var e;if(!yi(this,{checkOpacity:!1,checkVisibilityCSS:!1}))return;let i=this.placement;if(i==="left"||i==="right"){this.style.removeProperty("--media-tooltip-offset-x");return}let a=getComputedStyle(this),r=(e=Oe(this,"#"+this.bounds))!=null?e:ks(this);if(!r)return;let{x:s,width:n}=r.getBoundingClientRect(),{x:d,width:c}=this.getBoundingClientRect(),y=d+c,I=s+n,g=a.getPropertyValue("--media-tooltip-offset-x"),v=g?parseFloat(g.replace("px","")):0,h=a.getPropertyValue("--media-tooltip-container-margin"),_=h?parseFloat(h.replace("px","")):0,E=d-s+v-_,w=y-I+v+_;if(E<0){this.style.setProperty("--media-tooltip-offset-x",`${E}px`);return}if(w>0){this.style.setProperty("--media-tooltip-offset-x",`${w}px`);return}this.style.removeProperty("--media-tooltip-offset-x")},!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=F(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}if(this.arrowEl=this.shadowRoot.querySelector("#arrow"),Object.prototype.hasOwnProperty.call(this,"placement")){let e=this.placement;delete this.placement,this.placement=e}}static get observedAttributes(){return[yt.PLACEMENT,yt.BOUNDS]}get placement(){return D(this,yt.PLACEMENT)}set placement(e){L(this,yt.PLACEMENT,e)}get bounds(){return D(this,yt.BOUNDS)}set bounds(e){L(this,yt.BOUNDS,e)}};kt.shadowRootOptions={mode:"open"};kt.getTemplateHTML=el;l.customElements.get("media-tooltip")||l.customElements.define("media-tooltip",kt);var Er=kt;var _r=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},B=(t,e,i)=>(_r(t,e,"read from private field"),i?i.call(t):e.get(t)),it=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Xi=(t,e,i,a)=>(_r(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),_o=(t,e,i)=>(_r(t,e,"access private method"),i),ge,Mt,vr,go,Be,wt,Zi,fr,bo,Fe={TOOLTIP_PLACEMENT:"tooltipplacement",DISABLED:"disabled",NO_TOOLTIP:"notooltip"};function tl(t,e={}){return`
    <style>
      :host {
        position: relative;
        font: var(--media-font,
          var(--media-font-weight, bold)
          var(--media-font-size, 14px) /
          var(--media-text-content-height, var(--media-control-height, 24px))
          var(--media-font-family, helvetica neue, segoe ui, roboto, arial, sans-serif));
        color: var(--media-text-color, var(--media-primary-color, rgb(238 238 238)));
        background: var(--media-control-background, var(--media-secondary-color, rgb(20 20 30 / .7)));
        padding: var(--media-button-padding, var(--media-control-padding, 10px));
        justify-content: var(--media-button-justify-content, center);
        display: inline-flex;
        align-items: center;
        vertical-align: middle;
        box-sizing: border-box;
        transition: background .15s linear;
        pointer-events: auto;
        cursor: var(--media-cursor, pointer);
        -webkit-tap-highlight-color: transparent;
      }

      
      :host(:focus-visible) {
        box-shadow: var(--media-focus-box-shadow, inset 0 0 0 2px rgb(27 127 204 / .9));
        outline: 0;
      }
      
      :host(:where(:focus)) {
        box-shadow: none;
        outline: 0;
      }

      :host(:hover) {
        background: var(--media-control-hover-background, rgba(50 50 70 / .7));
      }

      slot[name="icon"] {
        display: inline-flex;
        align-items: center;
      }

      svg, img, ::slotted(svg), ::slotted(img) {
        width: var(--media-button-icon-width);
        height: var(--media-button-icon-height, var(--media-control-height, 24px));
        transform: var(--media-button-icon-transform);
        transition: var(--media-button-icon-transition);
        fill: var(--media-icon-color, var(--media-primary-color, rgb(238 238 238)));
        vertical-align: middle;
        max-width: 100%;
        max-height: 100%;
        min-width: 100%;
      }

      media-tooltip {
        
        max-width: 0;
        overflow-x: clip;
        opacity: 0;
        transition: opacity .3s, max-width 0s 9s;
      }

      :host(:hover) media-tooltip,
      :host(:focus-visible) media-tooltip {
        max-width: 100vw;
        opacity: 1;
        transition: opacity .3s;
      }

      :host([notooltip]) slot[name="tooltip"] {
        display: none;
      }
    </style>

    ${this.getSlotTemplateHTML(t,e)}

    <slot name="tooltip">
      <media-tooltip part="tooltip" aria-hidden="true">
        <template shadowrootmode="${Er.shadowRootOptions.mode}">
          ${Er.getTemplateHTML({})}
        </template>
        <slot name="tooltip-content">
          ${this.getTooltipContentHTML(t)}
        </slot>
      </media-tooltip>
    </slot>
  `}function il(t,e){return`
    <slot></slot>
  `}function al(){return""}var Z=class extends l.HTMLElement{constructor(){if(super(),it(this,vr),it(this,fr),it(this,ge,void 0),this.preventClick=!1,this.tooltipEl=null,it(this,Mt,e=>{this.preventClick||this.handleClick(e),setTimeout(B(this,Be),0)}),it(this,Be,()=>{var e,i;(i=(e=this.tooltipEl)==null?void 0:e.updateXOffset)==null||i.call(e)}),it(this,wt,e=>{let{key:i}=e;if(!this.keysUsed.includes(i)){this.removeEventListener("keyup",B(this,wt));return}this.preventClick||this.handleClick(e)}),it(this,Zi,e=>{let{metaKey:i,altKey:a,key:r}=e;if(i||a||!this.keysUsed.includes(r)){this.removeEventListener("keyup",B(this,wt));return}this.addEventListener("keyup",B(this,wt),{once:!0})}),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=F(this.attributes),i=this.constructor.getTemplateHTML(e);this.shadowRoot.setHTMLUnsafe?this.shadowRoot.setHTMLUnsafe(i):this.shadowRoot.innerHTML=i}this.tooltipEl=this.shadowRoot.querySelector("media-tooltip")}static get observedAttributes(){return["disabled",Fe.TOOLTIP_PLACEMENT,k.MEDIA_CONTROLLER,o.MEDIA_LANG]}enable(){this.addEventListener("click",B(this,Mt)),this.addEventListener("keydown",B(this,Zi)),this.tabIndex=0}disable(){this.removeEventListener("click",B(this,Mt)),this.removeEventListener("keydown",B(this,Zi)),this.removeEventListener("keyup",B(this,wt)),this.tabIndex=-1}attributeChangedCallback(e,i,a){var r,s,n,d,c;e===k.MEDIA_CONTROLLER?(i&&((s=(r=B(this,ge))==null?void 0:r.unassociateElement)==null||s.call(r,this),Xi(this,ge,null)),a&&this.isConnected&&(Xi(this,ge,(n=this.getRootNode())==null?void 0:n.getElementById(a)),(c=(d=B(this,ge))==null?void 0:d.associateElement)==null||c.call(d,this))):e==="disabled"&&a!==i?a==null?this.enable():this.disable():e===Fe.TOOLTIP_PLACEMENT&&this.tooltipEl&&a!==i?this.tooltipEl.placement=a:e===o.MEDIA_LANG&&(this.shadowRoot.querySelector('slot[name="tooltip-content"]').innerHTML=this.constructor.getTooltipContentHTML()),_o(this,vr,go).call(this)&&B(this,Be).call(this)}connectedCallback(){var e,i,a;let{style:r}=C(this.shadowRoot,":host");r.setProperty("display",`var(--media-control-display, var(--${this.localName}-display, inline-flex))`),this.hasAttribute("disabled")?this.disable():this.enable(),this.setAttribute("role","button");let s=this.getAttribute(k.MEDIA_CONTROLLER);s&&(Xi(this,ge,(e=this.getRootNode())==null?void 0:e.getElementById(s)),(a=(i=B(this,ge))==null?void 0:i.associateElement)==null||a.call(i,this)),l.customElements.whenDefined("media-tooltip").then(()=>_o(this,fr,bo).call(this))}disconnectedCallback(){var e,i;this.disable(),(i=(e=B(this,ge))==null?void 0:e.unassociateElement)==null||i.call(e,this),Xi(this,ge,null),this.removeEventListener("mouseenter",B(this,Be)),this.removeEventListener("focus",B(this,Be)),this.removeEventListener("click",B(this,Mt))}get keysUsed(){return["Enter"," "]}get tooltipPlacement(){return D(this,Fe.TOOLTIP_PLACEMENT)}set tooltipPlacement(e){L(this,Fe.TOOLTIP_PLACEMENT,e)}get mediaController(){return D(this,k.MEDIA_CONTROLLER)}set mediaController(e){L(this,k.MEDIA_CONTROLLER,e)}get disabled(){return A(this,Fe.DISABLED)}set disabled(e){T(this,Fe.DISABLED,e)}get noTooltip(){return A(this,Fe.NO_TOOLTIP)}set noTooltip(e){T(this,Fe.NO_TOOLTIP,e)}handleClick(e){}};ge=new WeakMap;Mt=new WeakMap;vr=new WeakSet;go=function(){try{return this.matches(":hover, :focus-visible")}catch{return this.matches(":hover, :focus")}};Be=new WeakMap;wt=new WeakMap;Zi=new WeakMap;fr=new WeakSet;bo=function(){this.addEventListener("mouseenter",B(this,Be)),this.addEventListener("focus",B(this,Be)),this.addEventListener("click",B(this,Mt));let t=this.tooltipPlacement;t&&this.tooltipEl&&(this.tooltipEl.placement=t)};Z.shadowRootOptions={mode:"open"};Z.getTemplateHTML=tl;Z.getSlotTemplateHTML=il;Z.getTooltipContentHTML=al;l.customElements.get("media-chrome-button")||l.customElements.define("media-chrome-button",Z);var rl=`<svg aria-hidden="true" viewBox="0 0 26 24">
  <path d="M22.83 5.68a2.58 2.58 0 0 0-2.3-2.5c-3.62-.24-11.44-.24-15.06 0a2.58 2.58 0 0 0-2.3 2.5c-.23 4.21-.23 8.43 0 12.64a2.58 2.58 0 0 0 2.3 2.5c3.62.24 11.44.24 15.06 0a2.58 2.58 0 0 0 2.3-2.5c.23-4.21.23-8.43 0-12.64Zm-11.39 9.45a3.07 3.07 0 0 1-1.91.57 3.06 3.06 0 0 1-2.34-1 3.75 3.75 0 0 1-.92-2.67 3.92 3.92 0 0 1 .92-2.77 3.18 3.18 0 0 1 2.43-1 2.94 2.94 0 0 1 2.13.78c.364.359.62.813.74 1.31l-1.43.35a1.49 1.49 0 0 0-1.51-1.17 1.61 1.61 0 0 0-1.29.58 2.79 2.79 0 0 0-.5 1.89 3 3 0 0 0 .49 1.93 1.61 1.61 0 0 0 1.27.58 1.48 1.48 0 0 0 1-.37 2.1 2.1 0 0 0 .59-1.14l1.4.44a3.23 3.23 0 0 1-1.07 1.69Zm7.22 0a3.07 3.07 0 0 1-1.91.57 3.06 3.06 0 0 1-2.34-1 3.75 3.75 0 0 1-.92-2.67 3.88 3.88 0 0 1 .93-2.77 3.14 3.14 0 0 1 2.42-1 3 3 0 0 1 2.16.82 2.8 2.8 0 0 1 .73 1.31l-1.43.35a1.49 1.49 0 0 0-1.51-1.21 1.61 1.61 0 0 0-1.29.58A2.79 2.79 0 0 0 15 12a3 3 0 0 0 .49 1.93 1.61 1.61 0 0 0 1.27.58 1.44 1.44 0 0 0 1-.37 2.1 2.1 0 0 0 .6-1.15l1.4.44a3.17 3.17 0 0 1-1.1 1.7Z"/>
</svg>`,sl=`<svg aria-hidden="true" viewBox="0 0 26 24">
  <path d="M17.73 14.09a1.4 1.4 0 0 1-1 .37 1.579 1.579 0 0 1-1.27-.58A3 3 0 0 1 15 12a2.8 2.8 0 0 1 .5-1.85 1.63 1.63 0 0 1 1.29-.57 1.47 1.47 0 0 1 1.51 1.2l1.43-.34A2.89 2.89 0 0 0 19 9.07a3 3 0 0 0-2.14-.78 3.14 3.14 0 0 0-2.42 1 3.91 3.91 0 0 0-.93 2.78 3.74 3.74 0 0 0 .92 2.66 3.07 3.07 0 0 0 2.34 1 3.07 3.07 0 0 0 1.91-.57 3.17 3.17 0 0 0 1.07-1.74l-1.4-.45c-.083.43-.3.822-.62 1.12Zm-7.22 0a1.43 1.43 0 0 1-1 .37 1.58 1.58 0 0 1-1.27-.58A3 3 0 0 1 7.76 12a2.8 2.8 0 0 1 .5-1.85 1.63 1.63 0 0 1 1.29-.57 1.47 1.47 0 0 1 1.51 1.2l1.43-.34a2.81 2.81 0 0 0-.74-1.32 2.94 2.94 0 0 0-2.13-.78 3.18 3.18 0 0 0-2.43 1 4 4 0 0 0-.92 2.78 3.74 3.74 0 0 0 .92 2.66 3.07 3.07 0 0 0 2.34 1 3.07 3.07 0 0 0 1.91-.57 3.23 3.23 0 0 0 1.07-1.74l-1.4-.45a2.06 2.06 0 0 1-.6 1.07Zm12.32-8.41a2.59 2.59 0 0 0-2.3-2.51C18.72 3.05 15.86 3 13 3c-2.86 0-5.72.05-7.53.17a2.59 2.59 0 0 0-2.3 2.51c-.23 4.207-.23 8.423 0 12.63a2.57 2.57 0 0 0 2.3 2.5c1.81.13 4.67.19 7.53.19 2.86 0 5.72-.06 7.53-.19a2.57 2.57 0 0 0 2.3-2.5c.23-4.207.23-8.423 0-12.63Zm-1.49 12.53a1.11 1.11 0 0 1-.91 1.11c-1.67.11-4.45.18-7.43.18-2.98 0-5.76-.07-7.43-.18a1.11 1.11 0 0 1-.91-1.11c-.21-4.14-.21-8.29 0-12.43a1.11 1.11 0 0 1 .91-1.11C7.24 4.56 10 4.49 13 4.49s5.76.07 7.43.18a1.11 1.11 0 0 1 .91 1.11c.21 4.14.21 8.29 0 12.43Z"/>
</svg>`;function ol(t){return`
    <style>
      :host([aria-checked="true"]) slot[name=off] {
        display: none !important;
      }

      
      :host(:not([aria-checked="true"])) slot[name=on] {
        display: none !important;
      }

      :host([aria-checked="true"]) slot[name=tooltip-enable],
      :host(:not([aria-checked="true"])) slot[name=tooltip-disable] {
        display: none;
      }
    </style>

    <slot name="icon">
      <slot name="on">${rl}</slot>
      <slot name="off">${sl}</slot>
    </slot>
  `}function nl(){return`
    <slot name="tooltip-enable">${S("Enable captions")}</slot>
    <slot name="tooltip-disable">${S("Disable captions")}</slot>
  `}var Ao=t=>{t.setAttribute("aria-checked",Ys(t).toString())},ii=class extends Z{static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_SUBTITLES_LIST,o.MEDIA_SUBTITLES_SHOWING]}connectedCallback(){super.connectedCallback(),this.setAttribute("role","button"),this.setAttribute("aria-label",S("closed captions")),Ao(this)}attributeChangedCallback(e,i,a){super.attributeChangedCallback(e,i,a),e===o.MEDIA_SUBTITLES_SHOWING&&Ao(this)}get mediaSubtitlesList(){return To(this,o.MEDIA_SUBTITLES_LIST)}set mediaSubtitlesList(e){So(this,o.MEDIA_SUBTITLES_LIST,e)}get mediaSubtitlesShowing(){return To(this,o.MEDIA_SUBTITLES_SHOWING)}set mediaSubtitlesShowing(e){So(this,o.MEDIA_SUBTITLES_SHOWING,e)}handleClick(){this.dispatchEvent(new l.CustomEvent(m.MEDIA_TOGGLE_SUBTITLES_REQUEST,{composed:!0,bubbles:!0}))}};ii.getSlotTemplateHTML=ol;ii.getTooltipContentHTML=nl;var To=(t,e)=>{let i=t.getAttribute(e);return i?ar(i):[]},So=(t,e,i)=>{if(!i?.length){t.removeAttribute(e);return}let a=zt(i);t.getAttribute(e)!==a&&t.setAttribute(e,a)};l.customElements.get("media-captions-button")||l.customElements.define("media-captions-button",ii);var yo=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},ll=(t,e,i)=>(yo(t,e,"read from private field"),i?i.call(t):e.get(t)),dl=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},cl=(t,e,i,a)=>(yo(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),Ji,ul=`<svg aria-hidden="true" viewBox="0 0 26 24">
  <path d="M16 3v2.5h3.5V9H22V3h-6ZM4 9h2.5V5.5H10V3H4v6Zm15.5 9.5H16V21h6v-6h-2.5v3.5ZM6.5 15H4v6h6v-2.5H6.5V15Z"/>
</svg>`,hl=`<svg aria-hidden="true" viewBox="0 0 26 24">
  <path d="M18.5 6.5V3H16v6h6V6.5h-3.5ZM16 21h2.5v-3.5H22V15h-6v6ZM4 17.5h3.5V21H10v-6H4v2.5Zm3.5-11H4V9h6V3H7.5v3.5Z"/>
</svg>`;function ml(t){return`
    <style>
      :host([${o.MEDIA_IS_FULLSCREEN}]) slot[name=icon] slot:not([name=exit]) {
        display: none !important;
      }

      
      :host(:not([${o.MEDIA_IS_FULLSCREEN}])) slot[name=icon] slot:not([name=enter]) {
        display: none !important;
      }

      :host([${o.MEDIA_IS_FULLSCREEN}]) slot[name=tooltip-enter],
      :host(:not([${o.MEDIA_IS_FULLSCREEN}])) slot[name=tooltip-exit] {
        display: none;
      }
    </style>

    <slot name="icon">
      <slot name="enter">${ul}</slot>
      <slot name="exit">${hl}</slot>
    </slot>
  `}function pl(){return`
    <slot name="tooltip-enter">${S("Enter fullscreen mode")}</slot>
    <slot name="tooltip-exit">${S("Exit fullscreen mode")}</slot>
  `}var Io=t=>{let e=t.mediaIsFullscreen?S("exit fullscreen mode"):S("enter fullscreen mode");t.setAttribute("aria-label",e)},ai=class extends Z{constructor(){super(...arguments),dl(this,Ji,null)}static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_IS_FULLSCREEN,o.MEDIA_FULLSCREEN_UNAVAILABLE]}connectedCallback(){super.connectedCallback(),Io(this)}attributeChangedCallback(e,i,a){super.attributeChangedCallback(e,i,a),e===o.MEDIA_IS_FULLSCREEN&&Io(this)}get mediaFullscreenUnavailable(){return D(this,o.MEDIA_FULLSCREEN_UNAVAILABLE)}set mediaFullscreenUnavailable(e){L(this,o.MEDIA_FULLSCREEN_UNAVAILABLE,e)}get mediaIsFullscreen(){return A(this,o.MEDIA_IS_FULLSCREEN)}set mediaIsFullscreen(e){T(this,o.MEDIA_IS_FULLSCREEN,e)}handleClick(e){cl(this,Ji,e);let i=ll(this,Ji)instanceof PointerEvent,a=this.mediaIsFullscreen?new l.CustomEvent(m.MEDIA_EXIT_FULLSCREEN_REQUEST,{composed:!0,bubbles:!0}):new l.CustomEvent(m.MEDIA_ENTER_FULLSCREEN_REQUEST,{composed:!0,bubbles:!0,detail:i});this.dispatchEvent(a)}};Ji=new WeakMap;ai.getSlotTemplateHTML=ml;ai.getTooltipContentHTML=pl;l.customElements.get("media-fullscreen-button")||l.customElements.define("media-fullscreen-button",ai);var wo=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},ri=(t,e,i)=>(wo(t,e,"read from private field"),i?i.call(t):e.get(t)),ko=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},si=(t,e,i,a)=>(wo(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),be,ea,ji={LOADING_DELAY:"loadingdelay",NO_AUTOHIDE:"noautohide"},Mo=500,El=`
<svg aria-hidden="true" viewBox="0 0 100 100">
  <path d="M73,50c0-12.7-10.3-23-23-23S27,37.3,27,50 M30.9,50c0-10.5,8.5-19.1,19.1-19.1S69.1,39.5,69.1,50">
    <animateTransform
       attributeName="transform"
       attributeType="XML"
       type="rotate"
       dur="1s"
       from="0 50 50"
       to="360 50 50"
       repeatCount="indefinite" />
  </path>
</svg>
`;function vl(t){return`
    <style>
      :host {
        display: var(--media-control-display, var(--media-loading-indicator-display, inline-block));
        vertical-align: middle;
        box-sizing: border-box;
        --_loading-indicator-delay: var(--media-loading-indicator-transition-delay, ${Mo}ms);
      }

      #status {
        color: rgba(0,0,0,0);
        width: 0px;
        height: 0px;
      }

      :host slot[name=icon] > *,
      :host ::slotted([slot=icon]) {
        opacity: var(--media-loading-indicator-opacity, 0);
        transition: opacity 0.15s;
      }

      :host([${o.MEDIA_LOADING}]:not([${o.MEDIA_PAUSED}])) slot[name=icon] > *,
      :host([${o.MEDIA_LOADING}]:not([${o.MEDIA_PAUSED}])) ::slotted([slot=icon]) {
        opacity: var(--media-loading-indicator-opacity, 1);
        transition: opacity 0.15s var(--_loading-indicator-delay);
      }

      :host #status {
        visibility: var(--media-loading-indicator-opacity, hidden);
        transition: visibility 0.15s;
      }

      :host([${o.MEDIA_LOADING}]:not([${o.MEDIA_PAUSED}])) #status {
        visibility: var(--media-loading-indicator-opacity, visible);
        transition: visibility 0.15s var(--_loading-indicator-delay);
      }

      svg, img, ::slotted(svg), ::slotted(img) {
        width: var(--media-loading-indicator-icon-width);
        height: var(--media-loading-indicator-icon-height, 100px);
        fill: var(--media-icon-color, var(--media-primary-color, rgb(238 238 238)));
        vertical-align: middle;
      }
    </style>

    <slot name="icon">${El}</slot>
    <div id="status" role="status" aria-live="polite">${S("media loading")}</div>
  `}var oi=class extends l.HTMLElement{constructor(){if(super(),ko(this,be,void 0),ko(this,ea,Mo),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=F(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}}static get observedAttributes(){return[k.MEDIA_CONTROLLER,o.MEDIA_PAUSED,o.MEDIA_LOADING,ji.LOADING_DELAY]}attributeChangedCallback(e,i,a){var r,s,n,d,c;e===ji.LOADING_DELAY&&i!==a?this.loadingDelay=Number(a):e===k.MEDIA_CONTROLLER&&(i&&((s=(r=ri(this,be))==null?void 0:r.unassociateElement)==null||s.call(r,this),si(this,be,null)),a&&this.isConnected&&(si(this,be,(n=this.getRootNode())==null?void 0:n.getElementById(a)),(c=(d=ri(this,be))==null?void 0:d.associateElement)==null||c.call(d,this)))}connectedCallback(){var e,i,a;let r=this.getAttribute(k.MEDIA_CONTROLLER);r&&(si(this,be,(e=this.getRootNode())==null?void 0:e.getElementById(r)),(a=(i=ri(this,be))==null?void 0:i.associateElement)==null||a.call(i,this))}disconnectedCallback(){var e,i;(i=(e=ri(this,be))==null?void 0:e.unassociateElement)==null||i.call(e,this),si(this,be,null)}get loadingDelay(){return ri(this,ea)}set loadingDelay(e){si(this,ea,e);let{style:i}=C(this.shadowRoot,":host");i.setProperty("--_loading-indicator-delay",`var(--media-loading-indicator-transition-delay, ${e}ms)`)}get mediaPaused(){return A(this,o.MEDIA_PAUSED)}set mediaPaused(e){T(this,o.MEDIA_PAUSED,e)}get mediaLoading(){return A(this,o.MEDIA_LOADING)}set mediaLoading(e){T(this,o.MEDIA_LOADING,e)}get mediaController(){return D(this,k.MEDIA_CONTROLLER)}set mediaController(e){L(this,k.MEDIA_CONTROLLER,e)}get noAutohide(){return A(this,ji.NO_AUTOHIDE)}set noAutohide(e){T(this,ji.NO_AUTOHIDE,e)}};be=new WeakMap;ea=new WeakMap;oi.shadowRootOptions={mode:"open"};oi.getTemplateHTML=vl;l.customElements.get("media-loading-indicator")||l.customElements.define("media-loading-indicator",oi);var fl=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="M16.5 12A4.5 4.5 0 0 0 14 8v2.18l2.45 2.45a4.22 4.22 0 0 0 .05-.63Zm2.5 0a6.84 6.84 0 0 1-.54 2.64L20 16.15A8.8 8.8 0 0 0 21 12a9 9 0 0 0-7-8.77v2.06A7 7 0 0 1 19 12ZM4.27 3 3 4.27 7.73 9H3v6h4l5 5v-6.73l4.25 4.25A6.92 6.92 0 0 1 14 18.7v2.06A9 9 0 0 0 17.69 19l2 2.05L21 19.73l-9-9L4.27 3ZM12 4 9.91 6.09 12 8.18V4Z"/>
</svg>`,Lo=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="M3 9v6h4l5 5V4L7 9H3Zm13.5 3A4.5 4.5 0 0 0 14 8v8a4.47 4.47 0 0 0 2.5-4Z"/>
</svg>`,_l=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="M3 9v6h4l5 5V4L7 9H3Zm13.5 3A4.5 4.5 0 0 0 14 8v8a4.47 4.47 0 0 0 2.5-4ZM14 3.23v2.06a7 7 0 0 1 0 13.42v2.06a9 9 0 0 0 0-17.54Z"/>
</svg>`;function gl(t){return`
    <style>
      :host(:not([${o.MEDIA_VOLUME_LEVEL}])) slot[name=icon] slot:not([name=high]),
      :host([${o.MEDIA_VOLUME_LEVEL}=high]) slot[name=icon] slot:not([name=high]) {
        display: none !important;
      }

      :host([${o.MEDIA_VOLUME_LEVEL}=off]) slot[name=icon] slot:not([name=off]) {
        display: none !important;
      }

      :host([${o.MEDIA_VOLUME_LEVEL}=low]) slot[name=icon] slot:not([name=low]) {
        display: none !important;
      }

      :host([${o.MEDIA_VOLUME_LEVEL}=medium]) slot[name=icon] slot:not([name=medium]) {
        display: none !important;
      }

      :host(:not([${o.MEDIA_VOLUME_LEVEL}=off])) slot[name=tooltip-unmute],
      :host([${o.MEDIA_VOLUME_LEVEL}=off]) slot[name=tooltip-mute] {
        display: none;
      }
    </style>

    <slot name="icon">
      <slot name="off">${fl}</slot>
      <slot name="low">${Lo}</slot>
      <slot name="medium">${Lo}</slot>
      <slot name="high">${_l}</slot>
    </slot>
  `}function bl(){return`
    <slot name="tooltip-mute">${S("Mute")}</slot>
    <slot name="tooltip-unmute">${S("Unmute")}</slot>
  `}var Ro=t=>{let i=t.mediaVolumeLevel==="off"?S("unmute"):S("mute");t.setAttribute("aria-label",i)},ni=class extends Z{static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_VOLUME_LEVEL]}connectedCallback(){super.connectedCallback(),Ro(this)}attributeChangedCallback(e,i,a){super.attributeChangedCallback(e,i,a),e===o.MEDIA_VOLUME_LEVEL&&Ro(this)}get mediaVolumeLevel(){return D(this,o.MEDIA_VOLUME_LEVEL)}set mediaVolumeLevel(e){L(this,o.MEDIA_VOLUME_LEVEL,e)}handleClick(){let e=this.mediaVolumeLevel==="off"?m.MEDIA_UNMUTE_REQUEST:m.MEDIA_MUTE_REQUEST;this.dispatchEvent(new l.CustomEvent(e,{composed:!0,bubbles:!0}))}};ni.getSlotTemplateHTML=gl;ni.getTooltipContentHTML=bl;l.customElements.get("media-mute-button")||l.customElements.define("media-mute-button",ni);var Al=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="m6 21 15-9L6 3v18Z"/>
</svg>`,Tl=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="M6 20h4V4H6v16Zm8-16v16h4V4h-4Z"/>
</svg>`;function Sl(t){return`
    <style>
      :host([${o.MEDIA_PAUSED}]) slot[name=pause],
      :host(:not([${o.MEDIA_PAUSED}])) slot[name=play] {
        display: none !important;
      }

      :host([${o.MEDIA_PAUSED}]) slot[name=tooltip-pause],
      :host(:not([${o.MEDIA_PAUSED}])) slot[name=tooltip-play] {
        display: none;
      }
    </style>

    <slot name="icon">
      <slot name="play">${Al}</slot>
      <slot name="pause">${Tl}</slot>
    </slot>
  `}function Il(){return`
    <slot name="tooltip-play">${S("Play")}</slot>
    <slot name="tooltip-pause">${S("Pause")}</slot>
  `}var Do=t=>{let e=t.mediaPaused?S("play"):S("pause");t.setAttribute("aria-label",e)},li=class extends Z{static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_PAUSED,o.MEDIA_ENDED]}connectedCallback(){super.connectedCallback(),Do(this)}attributeChangedCallback(e,i,a){super.attributeChangedCallback(e,i,a),(e===o.MEDIA_PAUSED||e===o.MEDIA_LANG)&&Do(this)}get mediaPaused(){return A(this,o.MEDIA_PAUSED)}set mediaPaused(e){T(this,o.MEDIA_PAUSED,e)}handleClick(){let e=this.mediaPaused?m.MEDIA_PLAY_REQUEST:m.MEDIA_PAUSE_REQUEST;this.dispatchEvent(new l.CustomEvent(e,{composed:!0,bubbles:!0}))}};li.getSlotTemplateHTML=Sl;li.getTooltipContentHTML=Il;l.customElements.get("media-play-button")||l.customElements.define("media-play-button",li);var Co=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},ta=(t,e,i)=>(Co(t,e,"read from private field"),i?i.call(t):e.get(t)),yl=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},ia=(t,e,i,a)=>(Co(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),Ae;function kl(t,e={}){return`
    <style>
      :host {
        font: var(--media-font,
          var(--media-font-weight, normal)
          var(--media-font-size, 14px) /
          var(--media-text-content-height, var(--media-control-height, 24px))
          var(--media-font-family, helvetica neue, segoe ui, roboto, arial, sans-serif));
        color: var(--media-text-color, var(--media-primary-color, rgb(238 238 238)));
        background: var(--media-text-background, var(--media-control-background, var(--media-secondary-color, rgb(20 20 30 / .7))));
        padding: var(--media-control-padding, 10px);
        display: inline-flex;
        justify-content: center;
        align-items: center;
        vertical-align: middle;
        box-sizing: border-box;
        text-align: center;
        pointer-events: auto;
      }

      
      :host(:focus-visible) {
        box-shadow: var(--media-focus-box-shadow, inset 0 0 0 2px rgb(27 127 204 / .9));
        outline: 0;
      }

      
      :host(:where(:focus)) {
        box-shadow: none;
        outline: 0;
      }
    </style>

    ${this.getSlotTemplateHTML(t,e)}
  `}function wl(t,e){return`
    <slot></slot>
  `}var se=class extends l.HTMLElement{constructor(){if(super(),yl(this,Ae,void 0),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=F(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}}static get observedAttributes(){return[k.MEDIA_CONTROLLER]}attributeChangedCallback(e,i,a){var r,s,n,d,c;e===k.MEDIA_CONTROLLER&&(i&&((s=(r=ta(this,Ae))==null?void 0:r.unassociateElement)==null||s.call(r,this),ia(this,Ae,null)),a&&this.isConnected&&(ia(this,Ae,(n=this.getRootNode())==null?void 0:n.getElementById(a)),(c=(d=ta(this,Ae))==null?void 0:d.associateElement)==null||c.call(d,this)))}connectedCallback(){var e,i,a;let{style:r}=C(this.shadowRoot,":host");r.setProperty("display",`var(--media-control-display, var(--${this.localName}-display, inline-flex))`);let s=this.getAttribute(k.MEDIA_CONTROLLER);s&&(ia(this,Ae,(e=this.getRootNode())==null?void 0:e.getElementById(s)),(a=(i=ta(this,Ae))==null?void 0:i.associateElement)==null||a.call(i,this))}disconnectedCallback(){var e,i;(i=(e=ta(this,Ae))==null?void 0:e.unassociateElement)==null||i.call(e,this),ia(this,Ae,null)}};Ae=new WeakMap;se.shadowRootOptions={mode:"open"};se.getTemplateHTML=kl;se.getSlotTemplateHTML=wl;l.customElements.get("media-text-display")||l.customElements.define("media-text-display",se);var Oo=[{singular:"hour",plural:"hours"},{singular:"minute",plural:"minutes"},{singular:"second",plural:"seconds"}],Uo=(t,e)=>{let i=t===1?S(Oo[e].singular):S(Oo[e].plural);return`${t} ${i}`},at=t=>{if(!Tt(t))return"";let e=Math.abs(t),i=e!==t,a=new Date(0,0,0,0,0,e,0),s=[a.getHours(),a.getMinutes(),a.getSeconds()].map((n,d)=>n&&Uo(n,d)).filter(n=>n).join(", ");return i?S("{time} remaining",{time:s}):e===0?Uo(0,2):s};function rt(t,e){let i=!1;t<0&&(i=!0,t=0-t),t=t<0?0:t;let a=Math.floor(t%60),r=Math.floor(t/60%60),s=Math.floor(t/3600),n=Math.floor(e/60%60),d=Math.floor(e/3600);return(isNaN(t)||t===1/0)&&(s=r=a="0"),s=s>0||d>0?s+":":"",r=((s||n>=10)&&r<10?"0"+r:r)+":",a=a<10?"0"+a:a,(i?"-":"")+s+r+a}var hu=Object.freeze({length:0,start(t){let e=t>>>0;if(e>=this.length)throw new DOMException(`Failed to execute 'start' on 'TimeRanges': The index provided (${e}) is greater than or equal to the maximum bound (${this.length}).`);return 0},end(t){let e=t>>>0;if(e>=this.length)throw new DOMException(`Failed to execute 'end' on 'TimeRanges': The index provided (${e}) is greater than or equal to the maximum bound (${this.length}).`);return 0}});var Ar=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},me=(t,e,i)=>(Ar(t,e,"read from private field"),i?i.call(t):e.get(t)),st=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Tr=(t,e,i,a)=>(Ar(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),$e=(t,e,i)=>(Ar(t,e,"access private method"),i),Lt,Te,na,Sr,Po,sa,Ir,di,aa,ra,gr,We={REMAINING:"remaining",SHOW_DURATION:"showduration",NO_TOGGLE:"notoggle"},xo=[...Object.values(We),o.MEDIA_CURRENT_TIME,o.MEDIA_DURATION,o.MEDIA_SEEKABLE],No=["Enter"," "],Ml="&nbsp;/&nbsp;",br=(t,{timesSep:e=Ml}={})=>{var i,a;let r=(i=t.mediaCurrentTime)!=null?i:0,[,s]=(a=t.mediaSeekable)!=null?a:[],n=0;Number.isFinite(t.mediaDuration)?n=t.mediaDuration:Number.isFinite(s)&&(n=s);let d=t.remaining?rt(0-(n-r)):rt(r);return t.showDuration?`${d}${e}${rt(n)}`:d},Ll=t=>{var e;let i=t.mediaCurrentTime,[,a]=(e=t.mediaSeekable)!=null?e:[],r=null;if(Number.isFinite(t.mediaDuration)?r=t.mediaDuration:Number.isFinite(a)&&(r=a),i==null||r===null){t.setAttribute("aria-description",S("video not loaded, unknown time."));return}let s=t.remaining?at(0-(r-i)):at(i);if(!t.showDuration){t.setAttribute("aria-description",s);return}let n=at(r),d=S("{currentTime} of {totalTime}",{currentTime:s,totalTime:n});t.setAttribute("aria-description",d)};function Rl(t,e){return`
    <slot>${br(e)}</slot>
  `}var Dl=t=>{t.setAttribute("aria-label",S("playback time"))},oa=class extends se{constructor(){super(),st(this,Sr),st(this,sa),st(this,di),st(this,ra),st(this,Lt,void 0),st(this,Te,null),st(this,na,e=>{let{metaKey:i,altKey:a,key:r}=e;if(i||a||!No.includes(r)){this.removeEventListener("keyup",me(this,Te));return}this.addEventListener("keyup",me(this,Te))}),Tr(this,Lt,this.shadowRoot.querySelector("slot")),me(this,Lt).innerHTML=`${br(this)}`}static get observedAttributes(){return[...super.observedAttributes,...xo,"disabled"]}connectedCallback(){let{style:e}=C(this.shadowRoot,":host(:hover:not([notoggle]))");e.setProperty("cursor","var(--media-cursor, pointer)"),e.setProperty("background","var(--media-control-hover-background, rgba(50 50 70 / .7))"),this.setAttribute("aria-label",S("playback time")),$e(this,di,aa).call(this),super.connectedCallback()}toggleTimeDisplay(){this.noToggle||(this.hasAttribute("remaining")?this.removeAttribute("remaining"):this.setAttribute("remaining",""))}disconnectedCallback(){this.disable(),$e(this,sa,Ir).call(this),super.disconnectedCallback()}attributeChangedCallback(e,i,a){Dl(this),xo.includes(e)?this.update():e==="disabled"&&a!==i?a==null?$e(this,di,aa).call(this):$e(this,ra,gr).call(this):e===We.NO_TOGGLE&&a!==i&&(this.noToggle?$e(this,ra,gr).call(this):$e(this,di,aa).call(this)),super.attributeChangedCallback(e,i,a)}enable(){this.noToggle||(this.tabIndex=0)}disable(){this.tabIndex=-1}get remaining(){return A(this,We.REMAINING)}set remaining(e){T(this,We.REMAINING,e)}get showDuration(){return A(this,We.SHOW_DURATION)}set showDuration(e){T(this,We.SHOW_DURATION,e)}get noToggle(){return A(this,We.NO_TOGGLE)}set noToggle(e){T(this,We.NO_TOGGLE,e)}get mediaDuration(){return Y(this,o.MEDIA_DURATION)}set mediaDuration(e){Q(this,o.MEDIA_DURATION,e)}get mediaCurrentTime(){return Y(this,o.MEDIA_CURRENT_TIME)}set mediaCurrentTime(e){Q(this,o.MEDIA_CURRENT_TIME,e)}get mediaSeekable(){let e=this.getAttribute(o.MEDIA_SEEKABLE);if(e)return e.split(":").map(i=>+i)}set mediaSeekable(e){if(e==null){this.removeAttribute(o.MEDIA_SEEKABLE);return}this.setAttribute(o.MEDIA_SEEKABLE,e.join(":"))}update(){let e=br(this);Ll(this),e!==me(this,Lt).innerHTML&&(me(this,Lt).innerHTML=e)}};Lt=new WeakMap;Te=new WeakMap;na=new WeakMap;Sr=new WeakSet;Po=function(){me(this,Te)||(Tr(this,Te,t=>{let{key:e}=t;if(!No.includes(e)){this.removeEventListener("keyup",me(this,Te));return}this.toggleTimeDisplay()}),this.addEventListener("keydown",me(this,na)),this.addEventListener("click",this.toggleTimeDisplay))};sa=new WeakSet;Ir=function(){me(this,Te)&&(this.removeEventListener("keyup",me(this,Te)),this.removeEventListener("keydown",me(this,na)),this.removeEventListener("click",this.toggleTimeDisplay),Tr(this,Te,null))};di=new WeakSet;aa=function(){!this.noToggle&&!this.hasAttribute("disabled")&&(this.setAttribute("role","button"),this.enable(),$e(this,Sr,Po).call(this))};ra=new WeakSet;gr=function(){this.removeAttribute("role"),this.disable(),$e(this,sa,Ir).call(this)};oa.getSlotTemplateHTML=Rl;l.customElements.get("media-time-display")||l.customElements.define("media-time-display",oa);var Dr=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},x=(t,e,i)=>(Dr(t,e,"read from private field"),i?i.call(t):e.get(t)),q=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Ve=(t,e,i,a)=>(Dr(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),pe=(t,e,i)=>(Dr(t,e,"access private method"),i),Se,fa,la,da,Ee,Ea,ca,ua,ha,Cr,Ho,ma,yr,pa,kr,va,Or,wr,Fo,Mr,Bo,Lr,Wo,Rr,$o;function Cl(t){return`
    <style>
      :host {
        --_focus-box-shadow: var(--media-focus-box-shadow, inset 0 0 0 2px rgb(27 127 204 / .9));
        --_media-range-padding: var(--media-range-padding, var(--media-control-padding, 10px));

        box-shadow: var(--_focus-visible-box-shadow, none);
        background: var(--media-control-background, var(--media-secondary-color, rgb(20 20 30 / .7)));
        height: calc(var(--media-control-height, 24px) + 2 * var(--_media-range-padding));
        display: inline-flex;
        align-items: center;
        
        vertical-align: middle;
        box-sizing: border-box;
        position: relative;
        width: 100px;
        transition: background .15s linear;
        cursor: var(--media-cursor, pointer);
        pointer-events: auto;
        touch-action: none; 
      }

      
      input[type=range]:focus {
        outline: 0;
      }
      input[type=range]:focus::-webkit-slider-runnable-track {
        outline: 0;
      }

      :host(:hover) {
        background: var(--media-control-hover-background, rgb(50 50 70 / .7));
      }

      #leftgap {
        padding-left: var(--media-range-padding-left, var(--_media-range-padding));
      }

      #rightgap {
        padding-right: var(--media-range-padding-right, var(--_media-range-padding));
      }

      #startpoint,
      #endpoint {
        position: absolute;
      }

      #endpoint {
        right: 0;
      }

      #container {
        
        width: var(--media-range-track-width, 100%);
        transform: translate(var(--media-range-track-translate-x, 0px), var(--media-range-track-translate-y, 0px));
        position: relative;
        height: 100%;
        display: flex;
        align-items: center;
        min-width: 40px;
      }

      #range {
        
        display: var(--media-time-range-hover-display, block);
        bottom: var(--media-time-range-hover-bottom, 0);
        height: var(--media-time-range-hover-height, max(100% , 25px));
        width: 100%;
        position: absolute;
        cursor: var(--media-cursor, pointer);

        -webkit-appearance: none; 
        -webkit-tap-highlight-color: transparent;
        background: transparent; 
        margin: 0;
        z-index: 1;
      }

      @media (hover: hover) {
        #range {
          bottom: var(--media-time-range-hover-bottom, 0);
          height: var(--media-time-range-hover-height, max(100%, 20px));
        }
      }

      
      
      #range::-webkit-slider-thumb {
        -webkit-appearance: none;
        background: transparent;
        width: .1px;
        height: .1px;
      }

      
      #range::-moz-range-thumb {
        background: transparent;
        border: transparent;
        width: .1px;
        height: .1px;
      }

      #appearance {
        height: var(--media-range-track-height, 4px);
        display: flex;
        flex-direction: column;
        justify-content: center;
        width: 100%;
        position: absolute;
        
        will-change: transform;
      }

      #track {
        background: var(--media-range-track-background, rgb(255 255 255 / .2));
        border-radius: var(--media-range-track-border-radius, 1px);
        border: var(--media-range-track-border, none);
        outline: var(--media-range-track-outline);
        outline-offset: var(--media-range-track-outline-offset);
        backdrop-filter: var(--media-range-track-backdrop-filter);
        -webkit-backdrop-filter: var(--media-range-track-backdrop-filter);
        box-shadow: var(--media-range-track-box-shadow, none);
        position: absolute;
        width: 100%;
        height: 100%;
        overflow: hidden;
      }

      #progress,
      #pointer {
        position: absolute;
        height: 100%;
        will-change: width;
      }

      #progress {
        background: var(--media-range-bar-color, var(--media-primary-color, rgb(238 238 238)));
        transition: var(--media-range-track-transition);
      }

      #pointer {
        background: var(--media-range-track-pointer-background);
        border-right: var(--media-range-track-pointer-border-right);
        transition: visibility .25s, opacity .25s;
        visibility: hidden;
        opacity: 0;
      }

      @media (hover: hover) {
        :host(:hover) #pointer {
          transition: visibility .5s, opacity .5s;
          visibility: visible;
          opacity: 1;
        }
      }

      #thumb,
      ::slotted([slot=thumb]) {
        width: var(--media-range-thumb-width, 10px);
        height: var(--media-range-thumb-height, 10px);
        transition: var(--media-range-thumb-transition);
        transform: var(--media-range-thumb-transform, none);
        opacity: var(--media-range-thumb-opacity, 1);
        translate: -50%;
        position: absolute;
        left: 0;
        cursor: var(--media-cursor, pointer);
      }

      #thumb {
        border-radius: var(--media-range-thumb-border-radius, 10px);
        background: var(--media-range-thumb-background, var(--media-primary-color, rgb(238 238 238)));
        box-shadow: var(--media-range-thumb-box-shadow, 1px 1px 1px transparent);
        border: var(--media-range-thumb-border, none);
      }

      :host([disabled]) #thumb {
        background-color: #777;
      }

      .segments #appearance {
        height: var(--media-range-segment-hover-height, 7px);
      }

      #track {
        clip-path: url(#segments-clipping);
      }

      #segments {
        --segments-gap: var(--media-range-segments-gap, 2px);
        position: absolute;
        width: 100%;
        height: 100%;
      }

      #segments-clipping {
        transform: translateX(calc(var(--segments-gap) / 2));
      }

      #segments-clipping:empty {
        display: none;
      }

      #segments-clipping rect {
        height: var(--media-range-track-height, 4px);
        y: calc((var(--media-range-segment-hover-height, 7px) - var(--media-range-track-height, 4px)) / 2);
        transition: var(--media-range-segment-transition, transform .1s ease-in-out);
        transform: var(--media-range-segment-transform, scaleY(1));
        transform-origin: center;
      }

      /* Visible label for accessibility - positioned off-screen but technically visible (Firefox requires visible labels) */
      #range-label {
        position: absolute;
        left: -10000px;
        background: var(--media-control-background, var(--media-secondary-color, rgb(20 20 30 / .7)));
        pointer-events: none;
      }
    </style>
    <div id="leftgap"></div>
    <div id="container">
      <div id="startpoint"></div>
      <div id="endpoint"></div>
      <div id="appearance">
        <div id="track" part="track">
          <div id="pointer"></div>
          <div id="progress" part="progress"></div>
        </div>
        <slot name="thumb">
          <div id="thumb" part="thumb"></div>
        </slot>
        <svg id="segments" aria-hidden="true"><clipPath id="segments-clipping"></clipPath></svg>
      </div>
        <input id="range" type="range" min="0" max="1" step="any" value="0">
        <label for="range" id="range-label"></label>

      ${this.getContainerTemplateHTML(t)}
    </div>
    <div id="rightgap"></div>
  `}function Ol(t){return""}var Ie=class extends l.HTMLElement{constructor(){if(super(),q(this,Cr),q(this,ma),q(this,pa),q(this,va),q(this,wr),q(this,Mr),q(this,Lr),q(this,Rr),q(this,Se,void 0),q(this,fa,void 0),q(this,la,void 0),q(this,da,void 0),q(this,Ee,{}),q(this,Ea,[]),q(this,ca,()=>{if(this.range.matches(":focus-visible")){let{style:e}=C(this.shadowRoot,":host");e.setProperty("--_focus-visible-box-shadow","var(--_focus-box-shadow)")}}),q(this,ua,()=>{let{style:e}=C(this.shadowRoot,":host");e.removeProperty("--_focus-visible-box-shadow")}),q(this,ha,()=>{let e=this.shadowRoot.querySelector("#segments-clipping");e&&e.parentNode.append(e)}),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=F(this.attributes),i=this.constructor.getTemplateHTML(e);this.shadowRoot.setHTMLUnsafe?this.shadowRoot.setHTMLUnsafe(i):this.shadowRoot.innerHTML=i}this.container=this.shadowRoot.querySelector("#container"),Ve(this,la,this.shadowRoot.querySelector("#startpoint")),Ve(this,da,this.shadowRoot.querySelector("#endpoint")),this.range=this.shadowRoot.querySelector("#range"),this.appearance=this.shadowRoot.querySelector("#appearance")}static get observedAttributes(){return["disabled","aria-disabled",k.MEDIA_CONTROLLER]}attributeChangedCallback(e,i,a){var r,s,n,d,c;e===k.MEDIA_CONTROLLER?(i&&((s=(r=x(this,Se))==null?void 0:r.unassociateElement)==null||s.call(r,this),Ve(this,Se,null)),a&&this.isConnected&&(Ve(this,Se,(n=this.getRootNode())==null?void 0:n.getElementById(a)),(c=(d=x(this,Se))==null?void 0:d.associateElement)==null||c.call(d,this))):(e==="disabled"||e==="aria-disabled"&&i!==a)&&(a==null?(this.range.removeAttribute(e),pe(this,ma,yr).call(this)):(this.range.setAttribute(e,a),pe(this,pa,kr).call(this)))}connectedCallback(){var e,i,a;let{style:r}=C(this.shadowRoot,":host");r.setProperty("display",`var(--media-control-display, var(--${this.localName}-display, inline-flex))`),x(this,Ee).pointer=C(this.shadowRoot,"#pointer"),x(this,Ee).progress=C(this.shadowRoot,"#progress"),x(this,Ee).thumb=C(this.shadowRoot,'#thumb, ::slotted([slot="thumb"])'),x(this,Ee).activeSegment=C(this.shadowRoot,"#segments-clipping rect:nth-child(0)");let s=this.getAttribute(k.MEDIA_CONTROLLER);s&&(Ve(this,Se,(e=this.getRootNode())==null?void 0:e.getElementById(s)),(a=(i=x(this,Se))==null?void 0:i.associateElement)==null||a.call(i,this)),this.updateBar(),this.shadowRoot.addEventListener("focusin",x(this,ca)),this.shadowRoot.addEventListener("focusout",x(this,ua)),pe(this,ma,yr).call(this),Si(this.container,x(this,ha))}disconnectedCallback(){var e,i;pe(this,pa,kr).call(this),(i=(e=x(this,Se))==null?void 0:e.unassociateElement)==null||i.call(e,this),Ve(this,Se,null),this.shadowRoot.removeEventListener("focusin",x(this,ca)),this.shadowRoot.removeEventListener("focusout",x(this,ua)),Ii(this.container,x(this,ha))}updatePointerBar(e){var i;(i=x(this,Ee).pointer)==null||i.style.setProperty("width",`${this.getPointerRatio(e)*100}%`)}updateBar(){var e,i;let a=this.range.valueAsNumber*100;(e=x(this,Ee).progress)==null||e.style.setProperty("width",`${a}%`),(i=x(this,Ee).thumb)==null||i.style.setProperty("left",`${a}%`)}updateSegments(e){let i=this.shadowRoot.querySelector("#segments-clipping");if(i.textContent="",this.container.classList.toggle("segments",!!e?.length),!e?.length)return;let a=[...new Set([+this.range.min,...e.flatMap(s=>[s.start,s.end]),+this.range.max])];Ve(this,Ea,[...a]);let r=a.pop();for(let[s,n]of a.entries()){let[d,c]=[s===0,s===a.length-1],y=d?"calc(var(--segments-gap) / -1)":`${n*100}%`,g=`calc(${((c?r:a[s+1])-n)*100}%${d||c?"":" - var(--segments-gap)"})`,v=H.createElementNS("http://www.w3.org/2000/svg","rect"),h=Wa(this.shadowRoot,`#segments-clipping rect:nth-child(${s+1})`);h.style.setProperty("x",y),h.style.setProperty("width",g),i.append(v)}}getPointerRatio(e){return ws(e.clientX,e.clientY,x(this,la).getBoundingClientRect(),x(this,da).getBoundingClientRect())}get dragging(){return this.hasAttribute("dragging")}handleEvent(e){switch(e.type){case"pointermove":pe(this,Rr,$o).call(this,e);break;case"input":this.updateBar();break;case"pointerenter":pe(this,wr,Fo).call(this,e);break;case"pointerdown":pe(this,va,Or).call(this,e);break;case"pointerup":pe(this,Mr,Bo).call(this);break;case"pointerleave":pe(this,Lr,Wo).call(this);break}}get keysUsed(){return["ArrowUp","ArrowRight","ArrowDown","ArrowLeft"]}};Se=new WeakMap;fa=new WeakMap;la=new WeakMap;da=new WeakMap;Ee=new WeakMap;Ea=new WeakMap;ca=new WeakMap;ua=new WeakMap;ha=new WeakMap;Cr=new WeakSet;Ho=function(t){let e=x(this,Ee).activeSegment;if(!e)return;let i=this.getPointerRatio(t),r=`#segments-clipping rect:nth-child(${x(this,Ea).findIndex((s,n,d)=>{let c=d[n+1];return c!=null&&i>=s&&i<=c})+1})`;(e.selectorText!=r||!e.style.transform)&&(e.selectorText=r,e.style.setProperty("transform","var(--media-range-segment-hover-transform, scaleY(2))"))};ma=new WeakSet;yr=function(){this.hasAttribute("disabled")||!this.isConnected||(this.addEventListener("input",this),this.addEventListener("pointerdown",this),this.addEventListener("pointerenter",this))};pa=new WeakSet;kr=function(){var t,e;this.removeEventListener("input",this),this.removeEventListener("pointerdown",this),this.removeEventListener("pointerenter",this),this.removeEventListener("pointerleave",this),(t=l.window)==null||t.removeEventListener("pointerup",this),(e=l.window)==null||e.removeEventListener("pointermove",this)};va=new WeakSet;Or=function(t){var e;Ve(this,fa,t.composedPath().includes(this.range)),(e=l.window)==null||e.addEventListener("pointerup",this,{once:!0})};wr=new WeakSet;Fo=function(t){var e;t.pointerType!=="mouse"&&pe(this,va,Or).call(this,t),this.addEventListener("pointerleave",this,{once:!0}),(e=l.window)==null||e.addEventListener("pointermove",this)};Mr=new WeakSet;Bo=function(){var t;(t=l.window)==null||t.removeEventListener("pointerup",this),this.toggleAttribute("dragging",!1),this.range.disabled=this.hasAttribute("disabled")};Lr=new WeakSet;Wo=function(){var t,e;this.removeEventListener("pointerleave",this),(t=l.window)==null||t.removeEventListener("pointermove",this),this.toggleAttribute("dragging",!1),this.range.disabled=this.hasAttribute("disabled"),(e=x(this,Ee).activeSegment)==null||e.style.removeProperty("transform")};Rr=new WeakSet;$o=function(t){t.pointerType==="pen"&&t.buttons===0||(this.toggleAttribute("dragging",t.buttons===1||t.pointerType!=="mouse"),this.updatePointerBar(t),pe(this,Cr,Ho).call(this,t),this.dragging&&(t.pointerType!=="mouse"||!x(this,fa))&&(this.range.disabled=!0,this.range.valueAsNumber=this.getPointerRatio(t),this.range.dispatchEvent(new Event("input",{bubbles:!0,composed:!0}))))};Ie.shadowRootOptions={mode:"open"};Ie.getTemplateHTML=Cl;Ie.getContainerTemplateHTML=Ol;l.customElements.get("media-chrome-range")||l.customElements.define("media-chrome-range",Ie);var Vo=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},_a=(t,e,i)=>(Vo(t,e,"read from private field"),i?i.call(t):e.get(t)),Ul=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},ga=(t,e,i,a)=>(Vo(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),ye;function xl(t){return`
    <style>
      :host {
        box-sizing: border-box;
        display: var(--media-control-display, var(--media-preview-thumbnail-display, inline-block));
        overflow: hidden;
      }

      img {
        display: none;
        position: relative;
      }
    </style>
    <img crossorigin loading="eager" decoding="async">
  `}var Rt=class extends l.HTMLElement{constructor(){if(super(),Ul(this,ye,void 0),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=F(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}}static get observedAttributes(){return[k.MEDIA_CONTROLLER,o.MEDIA_PREVIEW_IMAGE,o.MEDIA_PREVIEW_COORDS]}connectedCallback(){var e,i,a;let r=this.getAttribute(k.MEDIA_CONTROLLER);r&&(ga(this,ye,(e=this.getRootNode())==null?void 0:e.getElementById(r)),(a=(i=_a(this,ye))==null?void 0:i.associateElement)==null||a.call(i,this))}disconnectedCallback(){var e,i;(i=(e=_a(this,ye))==null?void 0:e.unassociateElement)==null||i.call(e,this),ga(this,ye,null)}attributeChangedCallback(e,i,a){var r,s,n,d,c;[o.MEDIA_PREVIEW_IMAGE,o.MEDIA_PREVIEW_COORDS].includes(e)&&this.update(),e===k.MEDIA_CONTROLLER&&(i&&((s=(r=_a(this,ye))==null?void 0:r.unassociateElement)==null||s.call(r,this),ga(this,ye,null)),a&&this.isConnected&&(ga(this,ye,(n=this.getRootNode())==null?void 0:n.getElementById(a)),(c=(d=_a(this,ye))==null?void 0:d.associateElement)==null||c.call(d,this)))}get mediaPreviewImage(){return D(this,o.MEDIA_PREVIEW_IMAGE)}set mediaPreviewImage(e){L(this,o.MEDIA_PREVIEW_IMAGE,e)}get mediaPreviewCoords(){let e=this.getAttribute(o.MEDIA_PREVIEW_COORDS);if(e)return e.split(/\s+/).map(i=>+i)}set mediaPreviewCoords(e){if(!e){this.removeAttribute(o.MEDIA_PREVIEW_COORDS);return}this.setAttribute(o.MEDIA_PREVIEW_COORDS,e.join(" "))}update(){let e=this.mediaPreviewCoords,i=this.mediaPreviewImage;if(!(e&&i))return;let[a,r,s,n]=e,d=i.split("#")[0],c=getComputedStyle(this),{maxWidth:y,maxHeight:I,minWidth:g,minHeight:v}=c,h=c.getPropertyValue("--media-preview-thumbnail-object-fit").trim()||"contain",_,E;if(h==="fill"){let we=parseInt(y)/s,Me=parseInt(I)/n,Ft=parseInt(g)/s,Ge=parseInt(v)/n;_=we<1?we:Math.max(we,Ft),E=Me<1?Me:Math.max(Me,Ge)}else{let we=Math.min(parseInt(y)/s,parseInt(I)/n),Me=Math.max(parseInt(g)/s,parseInt(v)/n),Ge=we<1?we:Me>1?Me:1;_=Ge,E=Ge}let{style:w}=C(this.shadowRoot,":host"),b=C(this.shadowRoot,"img").style,z=this.shadowRoot.querySelector("img"),Ht=Math.min(_,E)<1?"min":"max";w.setProperty(`${Ht}-width`,"initial","important"),w.setProperty(`${Ht}-height`,"initial","important"),w.width=`${s*_}px`,w.height=`${n*E}px`;let nt=()=>{b.width=`${this.imgWidth*_}px`,b.height=`${this.imgHeight*E}px`,b.display="block"};z.src!==d&&(z.onload=()=>{this.imgWidth=z.naturalWidth,this.imgHeight=z.naturalHeight,nt(),z.onload=null},z.src=d,nt()),nt(),b.transform=`translate(-${a*_}px, -${r*E}px)`}};ye=new WeakMap;Rt.shadowRootOptions={mode:"open"};Rt.getTemplateHTML=xl;l.customElements.get("media-preview-thumbnail")||l.customElements.define("media-preview-thumbnail",Rt);var Ur=Rt;var Go=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Ko=(t,e,i)=>(Go(t,e,"read from private field"),i?i.call(t):e.get(t)),Pl=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Nl=(t,e,i,a)=>(Go(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),ci,xr=class extends se{constructor(){super(),Pl(this,ci,void 0),Nl(this,ci,this.shadowRoot.querySelector("slot")),Ko(this,ci).textContent=rt(0)}static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_PREVIEW_TIME]}attributeChangedCallback(e,i,a){super.attributeChangedCallback(e,i,a),e===o.MEDIA_PREVIEW_TIME&&a!=null&&(Ko(this,ci).textContent=rt(parseFloat(a)))}get mediaPreviewTime(){return Y(this,o.MEDIA_PREVIEW_TIME)}set mediaPreviewTime(e){Q(this,o.MEDIA_PREVIEW_TIME,e)}};ci=new WeakMap;l.customElements.get("media-preview-time-display")||l.customElements.define("media-preview-time-display",xr);var qo=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Hl=(t,e,i)=>(qo(t,e,"read from private field"),i?i.call(t):e.get(t)),Fl=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Bl=(t,e,i,a)=>(qo(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),ba,Pr=class extends se{constructor(){super(),Fl(this,ba,void 0),Bl(this,ba,this.shadowRoot.querySelector("slot"))}static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_PREVIEW_CHAPTER,o.MEDIA_LANG]}attributeChangedCallback(e,i,a){if(super.attributeChangedCallback(e,i,a),(e===o.MEDIA_PREVIEW_CHAPTER||e===o.MEDIA_LANG)&&a!==i&&a!=null)if(Hl(this,ba).textContent=a,a!==""){let r=S("chapter: {chapterName}",{chapterName:a});this.setAttribute("aria-valuetext",r)}else this.removeAttribute("aria-valuetext")}get mediaPreviewChapter(){return D(this,o.MEDIA_PREVIEW_CHAPTER)}set mediaPreviewChapter(e){L(this,o.MEDIA_PREVIEW_CHAPTER,e)}};ba=new WeakMap;l.customElements.get("media-preview-chapter-display")||l.customElements.define("media-preview-chapter-display",Pr);var Yo=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},K=(t,e,i)=>(Yo(t,e,"read from private field"),i?i.call(t):e.get(t)),ke=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},re=(t,e,i,a)=>(Yo(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),Wl=(t,e,i,a)=>({set _(r){re(t,e,r,i)},get _(){return K(t,e,a)}}),Dt,Aa,Ct,ui,Ta,Sa,Ia,Ot,ot,ya,ka=class{constructor(e,i,a){ke(this,Dt,void 0),ke(this,Aa,void 0),ke(this,Ct,void 0),ke(this,ui,void 0),ke(this,Ta,void 0),ke(this,Sa,void 0),ke(this,Ia,void 0),ke(this,Ot,void 0),ke(this,ot,0),ke(this,ya,(r=performance.now())=>{re(this,ot,requestAnimationFrame(K(this,ya))),re(this,ui,performance.now()-K(this,Ct));let s=1e3/this.fps;if(K(this,ui)>s){re(this,Ct,r-K(this,ui)%s);let n=1e3/((r-K(this,Aa))/++Wl(this,Ta)._),d=(r-K(this,Sa))/1e3/this.duration,c=K(this,Ia)+d*this.playbackRate;c-K(this,Dt).valueAsNumber>0?re(this,Ot,this.playbackRate/this.duration/n):(re(this,Ot,.995*K(this,Ot)),c=K(this,Dt).valueAsNumber+K(this,Ot)),this.callback(c)}}),re(this,Dt,e),this.callback=i,this.fps=a}start(){K(this,ot)===0&&(re(this,Ct,performance.now()),re(this,Aa,K(this,Ct)),re(this,Ta,0),K(this,ya).call(this))}stop(){K(this,ot)!==0&&(cancelAnimationFrame(K(this,ot)),re(this,ot,0))}update({start:e,duration:i,playbackRate:a}){let r=e-K(this,Dt).valueAsNumber,s=Math.abs(i-this.duration);(r>0||r<-.5/i||s>=.5)&&this.callback(e),re(this,Ia,e),re(this,Sa,performance.now()),this.duration=i,this.playbackRate=a}};Dt=new WeakMap;Aa=new WeakMap;Ct=new WeakMap;ui=new WeakMap;Ta=new WeakMap;Sa=new WeakMap;Ia=new WeakMap;Ot=new WeakMap;ot=new WeakMap;ya=new WeakMap;var Wr=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},O=(t,e,i)=>(Wr(t,e,"read from private field"),i?i.call(t):e.get(t)),W=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},oe=(t,e,i,a)=>(Wr(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),ne=(t,e,i)=>(Wr(t,e,"access private method"),i),Ut,Ke,La,mi,Ra,Ma,pi,Ei,xt,Pt,hi,Nr,Qo,Hr,Da,$r,Ca,Vr,Oa,Kr,Fr,zo,vi,Ua,Br,Xo,$l=t=>{let e=t.range,i=at(+Zo(t)),a=at(+t.mediaSeekableEnd),r=i&&a?S("{currentTime} of {totalTime}",{currentTime:i,totalTime:a}):S("video not loaded, unknown time.");e.setAttribute("aria-valuetext",r)};function Vl(t){return`
    <style>
      :host {
        --media-box-border-radius: 4px;
        --media-box-padding-left: 10px;
        --media-box-padding-right: 10px;
        --media-preview-border-radius: var(--media-box-border-radius);
        --media-box-arrow-offset: var(--media-box-border-radius);
        --_control-background: var(--media-control-background, var(--media-secondary-color, rgb(20 20 30 / .7)));
        --_preview-background: var(--media-preview-background, var(--_control-background));

        
        contain: layout;
      }

      #buffered {
        background: var(--media-time-range-buffered-color, rgb(255 255 255 / .4));
        position: absolute;
        height: 100%;
        will-change: width;
      }

      #preview-rail,
      #current-rail {
        width: 100%;
        position: absolute;
        left: 0;
        bottom: 100%;
        pointer-events: none;
        will-change: transform;
      }

      [part~="box"] {
        width: min-content;
        
        position: absolute;
        bottom: 100%;
        flex-direction: column;
        align-items: center;
        transform: translateX(-50%);
      }

      [part~="current-box"] {
        display: var(--media-current-box-display, var(--media-box-display, flex));
        margin: var(--media-current-box-margin, var(--media-box-margin, 0 0 5px));
        visibility: hidden;
      }

      [part~="preview-box"] {
        display: var(--media-preview-box-display, var(--media-box-display, flex));
        margin: var(--media-preview-box-margin, var(--media-box-margin, 0 0 5px));
        transition-property: var(--media-preview-transition-property, visibility, opacity);
        transition-duration: var(--media-preview-transition-duration-out, .25s);
        transition-delay: var(--media-preview-transition-delay-out, 0s);
        visibility: hidden;
        opacity: 0;
      }

      :host(:is([${o.MEDIA_PREVIEW_IMAGE}], [${o.MEDIA_PREVIEW_TIME}])[dragging]) [part~="preview-box"] {
        transition-duration: var(--media-preview-transition-duration-in, .5s);
        transition-delay: var(--media-preview-transition-delay-in, .25s);
        visibility: visible;
        opacity: 1;
      }

      @media (hover: hover) {
        :host(:is([${o.MEDIA_PREVIEW_IMAGE}], [${o.MEDIA_PREVIEW_TIME}]):hover) [part~="preview-box"] {
          transition-duration: var(--media-preview-transition-duration-in, .5s);
          transition-delay: var(--media-preview-transition-delay-in, .25s);
          visibility: visible;
          opacity: 1;
        }
      }

      media-preview-thumbnail,
      ::slotted(media-preview-thumbnail) {
        visibility: hidden;
        
        transition: visibility 0s .25s;
        transition-delay: calc(var(--media-preview-transition-delay-out, 0s) + var(--media-preview-transition-duration-out, .25s));
        background: var(--media-preview-thumbnail-background, var(--_preview-background));
        box-shadow: var(--media-preview-thumbnail-box-shadow, 0 0 4px rgb(0 0 0 / .2));
        max-width: var(--media-preview-thumbnail-max-width, 180px);
        max-height: var(--media-preview-thumbnail-max-height, 160px);
        min-width: var(--media-preview-thumbnail-min-width, 120px);
        min-height: var(--media-preview-thumbnail-min-height, 80px);
        border: var(--media-preview-thumbnail-border);
        border-radius: var(--media-preview-thumbnail-border-radius,
          var(--media-preview-border-radius) var(--media-preview-border-radius) 0 0);
      }

      :host([${o.MEDIA_PREVIEW_IMAGE}][dragging]) media-preview-thumbnail,
      :host([${o.MEDIA_PREVIEW_IMAGE}][dragging]) ::slotted(media-preview-thumbnail) {
        transition-delay: var(--media-preview-transition-delay-in, .25s);
        visibility: visible;
      }

      @media (hover: hover) {
        :host([${o.MEDIA_PREVIEW_IMAGE}]:hover) media-preview-thumbnail,
        :host([${o.MEDIA_PREVIEW_IMAGE}]:hover) ::slotted(media-preview-thumbnail) {
          transition-delay: var(--media-preview-transition-delay-in, .25s);
          visibility: visible;
        }

        :host([${o.MEDIA_PREVIEW_TIME}]:hover) {
          --media-time-range-hover-display: block;
        }
      }

      media-preview-chapter-display,
      ::slotted(media-preview-chapter-display) {
        font-size: var(--media-font-size, 13px);
        line-height: 17px;
        min-width: 0;
        visibility: hidden;
        
        transition: min-width 0s, border-radius 0s, margin 0s, padding 0s, visibility 0s;
        transition-delay: calc(var(--media-preview-transition-delay-out, 0s) + var(--media-preview-transition-duration-out, .25s));
        background: var(--media-preview-chapter-background, var(--_preview-background));
        border-radius: var(--media-preview-chapter-border-radius,
          var(--media-preview-border-radius) var(--media-preview-border-radius)
          var(--media-preview-border-radius) var(--media-preview-border-radius));
        padding: var(--media-preview-chapter-padding, 3.5px 9px);
        margin: var(--media-preview-chapter-margin, 0 0 5px);
        text-shadow: var(--media-preview-chapter-text-shadow, 0 0 4px rgb(0 0 0 / .75));
      }

      :host([${o.MEDIA_PREVIEW_IMAGE}]) media-preview-chapter-display,
      :host([${o.MEDIA_PREVIEW_IMAGE}]) ::slotted(media-preview-chapter-display) {
        transition-delay: var(--media-preview-transition-delay-in, .25s);
        border-radius: var(--media-preview-chapter-border-radius, 0);
        padding: var(--media-preview-chapter-padding, 3.5px 9px 0);
        margin: var(--media-preview-chapter-margin, 0);
        min-width: 100%;
      }

      media-preview-chapter-display[${o.MEDIA_PREVIEW_CHAPTER}],
      ::slotted(media-preview-chapter-display[${o.MEDIA_PREVIEW_CHAPTER}]) {
        visibility: visible;
      }

      media-preview-chapter-display:not([aria-valuetext]),
      ::slotted(media-preview-chapter-display:not([aria-valuetext])) {
        display: none;
      }

      media-preview-time-display,
      ::slotted(media-preview-time-display),
      media-time-display,
      ::slotted(media-time-display) {
        font-size: var(--media-font-size, 13px);
        line-height: 17px;
        min-width: 0;
        
        transition: min-width 0s, border-radius 0s;
        transition-delay: calc(var(--media-preview-transition-delay-out, 0s) + var(--media-preview-transition-duration-out, .25s));
        background: var(--media-preview-time-background, var(--_preview-background));
        border-radius: var(--media-preview-time-border-radius,
          var(--media-preview-border-radius) var(--media-preview-border-radius)
          var(--media-preview-border-radius) var(--media-preview-border-radius));
        padding: var(--media-preview-time-padding, 3.5px 9px);
        margin: var(--media-preview-time-margin, 0);
        text-shadow: var(--media-preview-time-text-shadow, 0 0 4px rgb(0 0 0 / .75));
        transform: translateX(min(
          max(calc(50% - var(--_box-width) / 2),
          calc(var(--_box-shift, 0))),
          calc(var(--_box-width) / 2 - 50%)
        ));
      }

      :host([${o.MEDIA_PREVIEW_IMAGE}]) media-preview-time-display,
      :host([${o.MEDIA_PREVIEW_IMAGE}]) ::slotted(media-preview-time-display) {
        transition-delay: var(--media-preview-transition-delay-in, .25s);
        border-radius: var(--media-preview-time-border-radius,
          0 0 var(--media-preview-border-radius) var(--media-preview-border-radius));
        min-width: 100%;
      }

      :host([${o.MEDIA_PREVIEW_TIME}]:hover) {
        --media-time-range-hover-display: block;
      }

      [part~="arrow"],
      ::slotted([part~="arrow"]) {
        display: var(--media-box-arrow-display, inline-block);
        transform: translateX(min(
          max(calc(50% - var(--_box-width) / 2 + var(--media-box-arrow-offset)),
          calc(var(--_box-shift, 0))),
          calc(var(--_box-width) / 2 - 50% - var(--media-box-arrow-offset))
        ));
        
        border-color: transparent;
        border-top-color: var(--media-box-arrow-background, var(--_control-background));
        border-width: var(--media-box-arrow-border-width,
          var(--media-box-arrow-height, 5px) var(--media-box-arrow-width, 6px) 0);
        border-style: solid;
        justify-content: center;
        height: 0;
      }
    </style>
    <div id="preview-rail">
      <slot name="preview" part="box preview-box">
        <media-preview-thumbnail>
          <template shadowrootmode="${Ur.shadowRootOptions.mode}">
            ${Ur.getTemplateHTML({})}
          </template>
        </media-preview-thumbnail>
        <media-preview-chapter-display></media-preview-chapter-display>
        <media-preview-time-display></media-preview-time-display>
        <slot name="preview-arrow"><div part="arrow"></div></slot>
      </slot>
    </div>
    <div id="current-rail">
      <slot name="current" part="box current-box">
        
      </slot>
    </div>
  `}var wa=(t,e=t.mediaCurrentTime)=>{let i=Number.isFinite(t.mediaSeekableStart)?t.mediaSeekableStart:0,a=Number.isFinite(t.mediaDuration)?t.mediaDuration:t.mediaSeekableEnd;if(Number.isNaN(a))return 0;let r=(e-i)/(a-i);return Math.max(0,Math.min(r,1))},Zo=(t,e=t.range.valueAsNumber)=>{let i=Number.isFinite(t.mediaSeekableStart)?t.mediaSeekableStart:0,a=Number.isFinite(t.mediaDuration)?t.mediaDuration:t.mediaSeekableEnd;return Number.isNaN(a)?0:e*(a-i)+i},fi=class extends Ie{constructor(){super(),W(this,Nr),W(this,Da),W(this,Ca),W(this,Oa),W(this,Fr),W(this,vi),W(this,Br),W(this,Ut,null),W(this,Ke,void 0),W(this,La,void 0),W(this,mi,void 0),W(this,Ra,void 0),W(this,Ma,void 0),W(this,pi,void 0),W(this,Ei,void 0),W(this,xt,void 0),W(this,Pt,void 0),W(this,hi,()=>{ne(this,Nr,Qo).call(this)?O(this,Ke).start():O(this,Ke).stop()}),W(this,Hr,a=>{this.dragging||(Tt(a)&&(this.range.valueAsNumber=a),O(this,Pt)||this.updateBar())}),this.shadowRoot.querySelector("#track").insertAdjacentHTML("afterbegin",'<div id="buffered" part="buffered"></div>'),oe(this,La,this.shadowRoot.querySelectorAll('[part~="box"]')),oe(this,Ra,this.shadowRoot.querySelector('[part~="preview-box"]')),oe(this,Ma,this.shadowRoot.querySelector('[part~="current-box"]'));let i=getComputedStyle(this);oe(this,pi,parseInt(i.getPropertyValue("--media-box-padding-left"))),oe(this,Ei,parseInt(i.getPropertyValue("--media-box-padding-right"))),oe(this,Ke,new ka(this.range,O(this,Hr),60))}static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_PAUSED,o.MEDIA_DURATION,o.MEDIA_SEEKABLE,o.MEDIA_CURRENT_TIME,o.MEDIA_PREVIEW_IMAGE,o.MEDIA_PREVIEW_TIME,o.MEDIA_PREVIEW_CHAPTER,o.MEDIA_BUFFERED,o.MEDIA_PLAYBACK_RATE,o.MEDIA_LOADING,o.MEDIA_ENDED]}connectedCallback(){var e;super.connectedCallback(),this.range.setAttribute("aria-label",S("seek")),O(this,hi).call(this),oe(this,Ut,this.getRootNode()),(e=O(this,Ut))==null||e.addEventListener("transitionstart",this)}disconnectedCallback(){var e;super.disconnectedCallback(),O(this,Ke).stop(),(e=O(this,Ut))==null||e.removeEventListener("transitionstart",this),oe(this,Ut,null)}attributeChangedCallback(e,i,a){super.attributeChangedCallback(e,i,a),i!=a&&(e===o.MEDIA_CURRENT_TIME||e===o.MEDIA_PAUSED||e===o.MEDIA_ENDED||e===o.MEDIA_LOADING||e===o.MEDIA_DURATION||e===o.MEDIA_SEEKABLE?(O(this,Ke).update({start:wa(this),duration:this.mediaSeekableEnd-this.mediaSeekableStart,playbackRate:this.mediaPlaybackRate}),O(this,hi).call(this),$l(this)):e===o.MEDIA_BUFFERED&&this.updateBufferedBar(),(e===o.MEDIA_DURATION||e===o.MEDIA_SEEKABLE)&&(this.mediaChaptersCues=O(this,xt),this.updateBar()))}get mediaChaptersCues(){return O(this,xt)}set mediaChaptersCues(e){var i;oe(this,xt,e),this.updateSegments((i=O(this,xt))==null?void 0:i.map(a=>({start:wa(this,a.startTime),end:wa(this,a.endTime)})))}get mediaPaused(){return A(this,o.MEDIA_PAUSED)}set mediaPaused(e){T(this,o.MEDIA_PAUSED,e)}get mediaLoading(){return A(this,o.MEDIA_LOADING)}set mediaLoading(e){T(this,o.MEDIA_LOADING,e)}get mediaDuration(){return Y(this,o.MEDIA_DURATION)}set mediaDuration(e){Q(this,o.MEDIA_DURATION,e)}get mediaCurrentTime(){return Y(this,o.MEDIA_CURRENT_TIME)}set mediaCurrentTime(e){Q(this,o.MEDIA_CURRENT_TIME,e)}get mediaPlaybackRate(){return Y(this,o.MEDIA_PLAYBACK_RATE,1)}set mediaPlaybackRate(e){Q(this,o.MEDIA_PLAYBACK_RATE,e)}get mediaBuffered(){let e=this.getAttribute(o.MEDIA_BUFFERED);return e?e.split(" ").map(i=>i.split(":").map(a=>+a)):[]}set mediaBuffered(e){if(!e){this.removeAttribute(o.MEDIA_BUFFERED);return}let i=e.map(a=>a.join(":")).join(" ");this.setAttribute(o.MEDIA_BUFFERED,i)}get mediaSeekable(){let e=this.getAttribute(o.MEDIA_SEEKABLE);if(e)return e.split(":").map(i=>+i)}set mediaSeekable(e){if(e==null){this.removeAttribute(o.MEDIA_SEEKABLE);return}this.setAttribute(o.MEDIA_SEEKABLE,e.join(":"))}get mediaSeekableEnd(){var e;let[,i=this.mediaDuration]=(e=this.mediaSeekable)!=null?e:[];return i}get mediaSeekableStart(){var e;let[i=0]=(e=this.mediaSeekable)!=null?e:[];return i}get mediaPreviewImage(){return D(this,o.MEDIA_PREVIEW_IMAGE)}set mediaPreviewImage(e){L(this,o.MEDIA_PREVIEW_IMAGE,e)}get mediaPreviewTime(){return Y(this,o.MEDIA_PREVIEW_TIME)}set mediaPreviewTime(e){Q(this,o.MEDIA_PREVIEW_TIME,e)}get mediaEnded(){return A(this,o.MEDIA_ENDED)}set mediaEnded(e){T(this,o.MEDIA_ENDED,e)}updateBar(){super.updateBar(),this.updateBufferedBar(),this.updateCurrentBox()}updateBufferedBar(){var e;let i=this.mediaBuffered;if(!i.length)return;let a;if(this.mediaEnded)a=1;else{let s=this.mediaCurrentTime,[,n=this.mediaSeekableStart]=(e=i.find(([d,c])=>d<=s&&s<=c))!=null?e:[];a=wa(this,n)}let{style:r}=C(this.shadowRoot,"#buffered");r.setProperty("width",`${a*100}%`)}updateCurrentBox(){if(!this.shadowRoot.querySelector('slot[name="current"]').assignedElements().length)return;let i=C(this.shadowRoot,"#current-rail"),a=C(this.shadowRoot,'[part~="current-box"]'),r=ne(this,Da,$r).call(this,O(this,Ma)),s=ne(this,Ca,Vr).call(this,r,this.range.valueAsNumber),n=ne(this,Oa,Kr).call(this,r,this.range.valueAsNumber);i.style.transform=`translateX(${s})`,i.style.setProperty("--_range-width",`${r.range.width}`),a.style.setProperty("--_box-shift",`${n}`),a.style.setProperty("--_box-width",`${r.box.width}px`),a.style.setProperty("visibility","initial")}handleEvent(e){switch(super.handleEvent(e),e.type){case"input":ne(this,Br,Xo).call(this);break;case"pointermove":ne(this,Fr,zo).call(this,e);break;case"pointerup":O(this,Pt)&&oe(this,Pt,!1);break;case"pointerdown":oe(this,Pt,!0);break;case"pointerleave":ne(this,vi,Ua).call(this,null);break;case"transitionstart":ve(e.target,this)&&setTimeout(()=>O(this,hi).call(this),0);break}}};Ut=new WeakMap;Ke=new WeakMap;La=new WeakMap;mi=new WeakMap;Ra=new WeakMap;Ma=new WeakMap;pi=new WeakMap;Ei=new WeakMap;xt=new WeakMap;Pt=new WeakMap;hi=new WeakMap;Nr=new WeakSet;Qo=function(){return this.isConnected&&!this.mediaPaused&&!this.mediaLoading&&!this.mediaEnded&&this.mediaSeekableEnd>0&&yi(this)};Hr=new WeakMap;Da=new WeakSet;$r=function(t){var e;let a=((e=this.getAttribute("bounds")?Oe(this,`#${this.getAttribute("bounds")}`):this.parentElement)!=null?e:this).getBoundingClientRect(),r=this.range.getBoundingClientRect(),s=t.offsetWidth,n=-(r.left-a.left-s/2),d=a.right-r.left-s/2;return{box:{width:s,min:n,max:d},bounds:a,range:r}};Ca=new WeakSet;Vr=function(t,e){let i=`${e*100}%`,{width:a,min:r,max:s}=t.box;if(!a)return i;if(Number.isNaN(r)||(i=`max(${`calc(1 / var(--_range-width) * 100 * ${r}% + var(--media-box-padding-left))`}, ${i})`),!Number.isNaN(s)){let d=`calc(1 / var(--_range-width) * 100 * ${s}% - var(--media-box-padding-right))`;i=`min(${i}, ${d})`}return i};Oa=new WeakSet;Kr=function(t,e){let{width:i,min:a,max:r}=t.box,s=e*t.range.width;if(s<a+O(this,pi)){let n=t.range.left-t.bounds.left-O(this,pi);return`${s-i/2+n}px`}if(s>r-O(this,Ei)){let n=t.bounds.right-t.range.right-O(this,Ei);return`${s+i/2-n-t.range.width}px`}return 0};Fr=new WeakSet;zo=function(t){let e=[...O(this,La)].some(I=>t.composedPath().includes(I));if(!this.dragging&&(e||!t.composedPath().includes(this))){ne(this,vi,Ua).call(this,null);return}let i=this.mediaSeekableEnd;if(!i)return;let a=C(this.shadowRoot,"#preview-rail"),r=C(this.shadowRoot,'[part~="preview-box"]'),s=ne(this,Da,$r).call(this,O(this,Ra)),n=(t.clientX-s.range.left)/s.range.width;n=Math.max(0,Math.min(1,n));let d=ne(this,Ca,Vr).call(this,s,n),c=ne(this,Oa,Kr).call(this,s,n);a.style.transform=`translateX(${d})`,a.style.setProperty("--_range-width",`${s.range.width}`),r.style.setProperty("--_box-shift",`${c}`),r.style.setProperty("--_box-width",`${s.box.width}px`);let y=Math.round(O(this,mi))-Math.round(n*i);Math.abs(y)<1&&n>.01&&n<.99||(oe(this,mi,n*i),ne(this,vi,Ua).call(this,O(this,mi)))};vi=new WeakSet;Ua=function(t){this.dispatchEvent(new l.CustomEvent(m.MEDIA_PREVIEW_REQUEST,{composed:!0,bubbles:!0,detail:t}))};Br=new WeakSet;Xo=function(){O(this,Ke).stop();let t=Zo(this);this.dispatchEvent(new l.CustomEvent(m.MEDIA_SEEK_REQUEST,{composed:!0,bubbles:!0,detail:t}))};fi.shadowRootOptions={mode:"open"};fi.getContainerTemplateHTML=Vl;l.customElements.get("media-time-range")||l.customElements.define("media-time-range",fi);var Kl=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Jo=(t,e,i)=>(Kl(t,e,"read from private field"),i?i.call(t):e.get(t)),Gl=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},xa,ql=1,Yl=t=>t.mediaMuted?0:t.mediaVolume,Ql=t=>`${Math.round(t*100)}%`,Gr=class extends Ie{constructor(){super(...arguments),Gl(this,xa,()=>{let e=this.range.value,i=new l.CustomEvent(m.MEDIA_VOLUME_REQUEST,{composed:!0,bubbles:!0,detail:e});this.dispatchEvent(i)})}static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_VOLUME,o.MEDIA_MUTED,o.MEDIA_VOLUME_UNAVAILABLE]}connectedCallback(){super.connectedCallback(),this.range.setAttribute("aria-label",S("volume")),this.range.addEventListener("input",Jo(this,xa))}disconnectedCallback(){this.range.removeEventListener("input",Jo(this,xa)),super.disconnectedCallback()}attributeChangedCallback(e,i,a){super.attributeChangedCallback(e,i,a),(e===o.MEDIA_VOLUME||e===o.MEDIA_MUTED)&&(this.range.valueAsNumber=Yl(this),this.range.setAttribute("aria-valuetext",Ql(this.range.valueAsNumber)),this.updateBar())}get mediaVolume(){return Y(this,o.MEDIA_VOLUME,ql)}set mediaVolume(e){Q(this,o.MEDIA_VOLUME,e)}get mediaMuted(){return A(this,o.MEDIA_MUTED)}set mediaMuted(e){T(this,o.MEDIA_MUTED,e)}get mediaVolumeUnavailable(){return D(this,o.MEDIA_VOLUME_UNAVAILABLE)}set mediaVolumeUnavailable(e){L(this,o.MEDIA_VOLUME_UNAVAILABLE,e)}};xa=new WeakMap;l.customElements.get("media-volume-range")||l.customElements.define("media-volume-range",Gr);export{En as addTranslation,Va as setLanguage};
