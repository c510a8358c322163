var aa=class{addEventListener(){}removeEventListener(){}dispatchEvent(){return!0}},ra=class extends aa{},sa=class extends ra{constructor(){super(...arguments),this.role=null}},Br=class{observe(){}unobserve(){}disconnect(){}},Qn={createElement:function(){return new pi.HTMLElement},createElementNS:function(){return new pi.HTMLElement},addEventListener(){},removeEventListener(){},dispatchEvent(t){return!1}},pi={ResizeObserver:Br,document:Qn,Node:ra,Element:sa,HTMLElement:class extends sa{constructor(){super(...arguments),this.innerHTML=""}get content(){return new pi.DocumentFragment}},DocumentFragment:class extends aa{},customElements:{get:function(){},define:function(){},whenDefined:function(){}},localStorage:{getItem(t){return null},setItem(t,e){},removeItem(t){}},CustomEvent:function(){},getComputedStyle:function(){},navigator:{languages:[],get userAgent(){return""}},matchMedia(t){return{matches:!1,media:t}},DOMParser:class{parseFromString(e,i){return{body:{textContent:e}}}}},zn="global"in globalThis&&globalThis?.global===globalThis||typeof window>"u"||typeof window.customElements>"u",Zn=Object.keys(pi).every(t=>t in globalThis),l=zn&&!Zn?pi:globalThis,P=zn&&!Zn?Qn:globalThis.document;var h={MEDIA_PLAY_REQUEST:"mediaplayrequest",MEDIA_PAUSE_REQUEST:"mediapauserequest",MEDIA_MUTE_REQUEST:"mediamuterequest",MEDIA_UNMUTE_REQUEST:"mediaunmuterequest",MEDIA_LOOP_REQUEST:"medialooprequest",MEDIA_VOLUME_REQUEST:"mediavolumerequest",MEDIA_SEEK_REQUEST:"mediaseekrequest",MEDIA_AIRPLAY_REQUEST:"mediaairplayrequest",MEDIA_ENTER_FULLSCREEN_REQUEST:"mediaenterfullscreenrequest",MEDIA_EXIT_FULLSCREEN_REQUEST:"mediaexitfullscreenrequest",MEDIA_PREVIEW_REQUEST:"mediapreviewrequest",MEDIA_ENTER_PIP_REQUEST:"mediaenterpiprequest",MEDIA_EXIT_PIP_REQUEST:"mediaexitpiprequest",MEDIA_ENTER_CAST_REQUEST:"mediaentercastrequest",MEDIA_EXIT_CAST_REQUEST:"mediaexitcastrequest",MEDIA_SHOW_TEXT_TRACKS_REQUEST:"mediashowtexttracksrequest",MEDIA_HIDE_TEXT_TRACKS_REQUEST:"mediahidetexttracksrequest",MEDIA_SHOW_SUBTITLES_REQUEST:"mediashowsubtitlesrequest",MEDIA_DISABLE_SUBTITLES_REQUEST:"mediadisablesubtitlesrequest",MEDIA_TOGGLE_SUBTITLES_REQUEST:"mediatogglesubtitlesrequest",MEDIA_PLAYBACK_RATE_REQUEST:"mediaplaybackraterequest",MEDIA_RENDITION_REQUEST:"mediarenditionrequest",MEDIA_AUDIO_TRACK_REQUEST:"mediaaudiotrackrequest",MEDIA_SEEK_TO_LIVE_REQUEST:"mediaseektoliverequest",REGISTER_MEDIA_STATE_RECEIVER:"registermediastatereceiver",UNREGISTER_MEDIA_STATE_RECEIVER:"unregistermediastatereceiver"},S={MEDIA_CHROME_ATTRIBUTES:"mediachromeattributes",MEDIA_CONTROLLER:"mediacontroller"},Fr={MEDIA_AIRPLAY_UNAVAILABLE:"mediaAirplayUnavailable",MEDIA_AUDIO_TRACK_ENABLED:"mediaAudioTrackEnabled",MEDIA_AUDIO_TRACK_LIST:"mediaAudioTrackList",MEDIA_AUDIO_TRACK_UNAVAILABLE:"mediaAudioTrackUnavailable",MEDIA_BUFFERED:"mediaBuffered",MEDIA_CAST_UNAVAILABLE:"mediaCastUnavailable",MEDIA_CHAPTERS_CUES:"mediaChaptersCues",MEDIA_CURRENT_TIME:"mediaCurrentTime",MEDIA_DURATION:"mediaDuration",MEDIA_ENDED:"mediaEnded",MEDIA_ERROR:"mediaError",MEDIA_ERROR_CODE:"mediaErrorCode",MEDIA_ERROR_MESSAGE:"mediaErrorMessage",MEDIA_FULLSCREEN_UNAVAILABLE:"mediaFullscreenUnavailable",MEDIA_HAS_PLAYED:"mediaHasPlayed",MEDIA_HEIGHT:"mediaHeight",MEDIA_IS_AIRPLAYING:"mediaIsAirplaying",MEDIA_IS_CASTING:"mediaIsCasting",MEDIA_IS_FULLSCREEN:"mediaIsFullscreen",MEDIA_IS_PIP:"mediaIsPip",MEDIA_LOADING:"mediaLoading",MEDIA_MUTED:"mediaMuted",MEDIA_LOOP:"mediaLoop",MEDIA_PAUSED:"mediaPaused",MEDIA_PIP_UNAVAILABLE:"mediaPipUnavailable",MEDIA_PLAYBACK_RATE:"mediaPlaybackRate",MEDIA_PREVIEW_CHAPTER:"mediaPreviewChapter",MEDIA_PREVIEW_COORDS:"mediaPreviewCoords",MEDIA_PREVIEW_IMAGE:"mediaPreviewImage",MEDIA_PREVIEW_TIME:"mediaPreviewTime",MEDIA_RENDITION_LIST:"mediaRenditionList",MEDIA_RENDITION_SELECTED:"mediaRenditionSelected",MEDIA_RENDITION_UNAVAILABLE:"mediaRenditionUnavailable",MEDIA_SEEKABLE:"mediaSeekable",MEDIA_STREAM_TYPE:"mediaStreamType",MEDIA_SUBTITLES_LIST:"mediaSubtitlesList",MEDIA_SUBTITLES_SHOWING:"mediaSubtitlesShowing",MEDIA_TARGET_LIVE_WINDOW:"mediaTargetLiveWindow",MEDIA_TIME_IS_LIVE:"mediaTimeIsLive",MEDIA_VOLUME:"mediaVolume",MEDIA_VOLUME_LEVEL:"mediaVolumeLevel",MEDIA_VOLUME_UNAVAILABLE:"mediaVolumeUnavailable",MEDIA_LANG:"mediaLang",MEDIA_WIDTH:"mediaWidth"},Xn=Object.entries(Fr),n=Xn.reduce((t,[e,i])=>(t[e]=i.toLowerCase(),t),{}),id={USER_INACTIVE_CHANGE:"userinactivechange",BREAKPOINTS_CHANGE:"breakpointchange",BREAKPOINTS_COMPUTED:"breakpointscomputed"},dt=Xn.reduce((t,[e,i])=>(t[e]=i.toLowerCase(),t),{...id}),ou=Object.entries(dt).reduce((t,[e,i])=>{let a=n[e];return a&&(t[i]=a),t},{userinactivechange:"userinactive"}),Jn=Object.entries(n).reduce((t,[e,i])=>{let a=dt[e];return a&&(t[i]=a),t},{userinactive:"userinactivechange"}),ae={SUBTITLES:"subtitles",CAPTIONS:"captions",DESCRIPTIONS:"descriptions",CHAPTERS:"chapters",METADATA:"metadata"},qe={DISABLED:"disabled",HIDDEN:"hidden",SHOWING:"showing"};var na={MOUSE:"mouse",PEN:"pen",TOUCH:"touch"},re={UNAVAILABLE:"unavailable",UNSUPPORTED:"unsupported"},ne={LIVE:"live",ON_DEMAND:"on-demand",UNKNOWN:"unknown"};var jn={INLINE:"inline",FULLSCREEN:"fullscreen",PICTURE_IN_PICTURE:"picture-in-picture"};var eo=new WeakMap,$r=t=>{let e=eo.get(t);return e||eo.set(t,e=new Set),e},to=new l.ResizeObserver(t=>{for(let e of t)for(let i of $r(e.target))i(e)});function He(t,e){$r(t).add(e),to.observe(t)}function We(t,e){let i=$r(t);i.delete(e),i.size||to.unobserve(t)}function W(t){let e={};for(let i of t)e[i.name]=i.value;return e}function Ye(t){var e;return(e=oa(t))!=null?e:Se(t,"media-controller")}function oa(t){var e;let{MEDIA_CONTROLLER:i}=S,a=t.getAttribute(i);if(a)return(e=ct(t))==null?void 0:e.getElementById(a)}var ee=(t,e)=>!t||!e?!1:t?.contains(e)?!0:ee(t,e.getRootNode().host),Se=(t,e)=>{if(!t)return null;let i=t.closest(e);return i||Se(t.getRootNode().host,e)};function vi(t=document){var e;let i=t?.activeElement;return i?(e=vi(i.shadowRoot))!=null?e:i:null}function ct(t){var e;let i=(e=t?.getRootNode)==null?void 0:e.call(t);return i instanceof ShadowRoot||i instanceof Document?i:null}function la(t,{depth:e=3,checkOpacity:i=!0,checkVisibilityCSS:a=!0}={}){if(t.checkVisibility)return t.checkVisibility({checkOpacity:i,checkVisibilityCSS:a});let r=t;for(;r&&e>0;){let s=getComputedStyle(r);if(i&&s.opacity==="0"||a&&s.visibility==="hidden"||s.display==="none")return!1;r=r.parentElement,e--}return!0}function io(t,e,i,a){let r=a.x-i.x,s=a.y-i.y,o=r*r+s*s;if(o===0)return 0;let d=((t-i.x)*r+(e-i.y)*s)/o;return Math.max(0,Math.min(1,d))}function U(t,e){let i=ad(t,a=>a===e);return i||Ei(t,e)}function ad(t,e){var i,a;let r;for(r of(i=t.querySelectorAll("style:not([media])"))!=null?i:[]){let s;try{s=(a=r.sheet)==null?void 0:a.cssRules}catch{continue}for(let o of s??[])if(e(o.selectorText))return o}}function Ei(t,e){var i,a;let r=(i=t.querySelectorAll("style:not([media])"))!=null?i:[],s=r?.[r.length-1];if(!s?.sheet)return console.warn("Media Chrome: No style sheet found on style tag of",t),{style:{setProperty:()=>{},removeProperty:()=>"",getPropertyValue:()=>""}};let o=s?.sheet.insertRule(`${e}{}`,s.sheet.cssRules.length);return(a=s.sheet.cssRules)==null?void 0:a[o]}function X(t,e,i=Number.NaN){let a=t.getAttribute(e);return a!=null?+a:i}function J(t,e,i){let a=+i;if(i==null||Number.isNaN(a)){t.hasAttribute(e)&&t.removeAttribute(e);return}X(t,e,void 0)!==a&&t.setAttribute(e,`${a}`)}function y(t,e){return t.hasAttribute(e)}function I(t,e,i){if(i==null){t.hasAttribute(e)&&t.removeAttribute(e);return}y(t,e)!=i&&t.toggleAttribute(e,i)}function C(t,e,i=null){var a;return(a=t.getAttribute(e))!=null?a:i}function R(t,e,i){if(i==null){t.hasAttribute(e)&&t.removeAttribute(e);return}let a=`${i}`;C(t,e,void 0)!==a&&t.setAttribute(e,a)}var ao=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Ee=(t,e,i)=>(ao(t,e,"read from private field"),i?i.call(t):e.get(t)),rd=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},da=(t,e,i,a)=>(ao(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),Q;function sd(t){return`
    <style>
      :host {
        display: var(--media-control-display, var(--media-gesture-receiver-display, inline-block));
        box-sizing: border-box;
      }
    </style>
  `}var Dt=class extends l.HTMLElement{constructor(){if(super(),rd(this,Q,void 0),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=W(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}}static get observedAttributes(){return[S.MEDIA_CONTROLLER,n.MEDIA_PAUSED]}attributeChangedCallback(e,i,a){var r,s,o,d,c;e===S.MEDIA_CONTROLLER&&(i&&((s=(r=Ee(this,Q))==null?void 0:r.unassociateElement)==null||s.call(r,this),da(this,Q,null)),a&&this.isConnected&&(da(this,Q,(o=this.getRootNode())==null?void 0:o.getElementById(a)),(c=(d=Ee(this,Q))==null?void 0:d.associateElement)==null||c.call(d,this)))}connectedCallback(){var e,i;this.tabIndex=-1,this.setAttribute("aria-hidden","true"),da(this,Q,nd(this)),this.getAttribute(S.MEDIA_CONTROLLER)&&((i=(e=Ee(this,Q))==null?void 0:e.associateElement)==null||i.call(e,this)),Ee(this,Q)&&(Ee(this,Q).addEventListener("pointerdown",this),Ee(this,Q).addEventListener("click",this),Ee(this,Q).hasAttribute("tabindex")||(Ee(this,Q).tabIndex=0))}disconnectedCallback(){var e,i,a,r;this.getAttribute(S.MEDIA_CONTROLLER)&&((i=(e=Ee(this,Q))==null?void 0:e.unassociateElement)==null||i.call(e,this)),(a=Ee(this,Q))==null||a.removeEventListener("pointerdown",this),(r=Ee(this,Q))==null||r.removeEventListener("click",this),da(this,Q,null)}handleEvent(e){var i;let a=(i=e.composedPath())==null?void 0:i[0];if(["video","media-controller"].includes(a?.localName)){if(e.type==="pointerdown")this._pointerType=e.pointerType;else if(e.type==="click"){let{clientX:s,clientY:o}=e,{left:d,top:c,width:g,height:T}=this.getBoundingClientRect(),A=s-d,E=o-c;if(A<0||E<0||A>g||E>T||g===0&&T===0)return;let m=this._pointerType||"mouse";if(this._pointerType=void 0,m===na.TOUCH){this.handleTap(e);return}else if(m===na.MOUSE||m===na.PEN){this.handleMouseClick(e);return}}}}get mediaPaused(){return y(this,n.MEDIA_PAUSED)}set mediaPaused(e){I(this,n.MEDIA_PAUSED,e)}handleTap(e){}handleMouseClick(e){let i=this.mediaPaused?h.MEDIA_PLAY_REQUEST:h.MEDIA_PAUSE_REQUEST;this.dispatchEvent(new l.CustomEvent(i,{composed:!0,bubbles:!0}))}};Q=new WeakMap;Dt.shadowRootOptions={mode:"open"};Dt.getTemplateHTML=sd;function nd(t){var e;let i=t.getAttribute(S.MEDIA_CONTROLLER);return i?(e=t.getRootNode())==null?void 0:e.getElementById(i):Se(t,"media-controller")}l.customElements.get("media-gesture-receiver")||l.customElements.define("media-gesture-receiver",Dt);var Vr=Dt;var ro={"Start airplay":"Start airplay","Stop airplay":"Stop airplay",Audio:"Audio",Captions:"Captions","Enable captions":"Enable captions","Disable captions":"Disable captions","Start casting":"Start casting","Stop casting":"Stop casting","Enter fullscreen mode":"Enter fullscreen mode","Exit fullscreen mode":"Exit fullscreen mode",Mute:"Mute",Unmute:"Unmute",Loop:"Loop","Enter picture in picture mode":"Enter picture in picture mode","Exit picture in picture mode":"Exit picture in picture mode",Play:"Play",Pause:"Pause","Playback rate":"Playback rate","Playback rate {playbackRate}":"Playback rate {playbackRate}",Quality:"Quality","Seek backward":"Seek backward","Seek forward":"Seek forward",Settings:"Settings",Auto:"Auto","audio player":"audio player","video player":"video player",volume:"volume",seek:"seek","closed captions":"closed captions","current playback rate":"current playback rate","playback time":"playback time","media loading":"media loading",settings:"settings","audio tracks":"audio tracks",quality:"quality",play:"play",pause:"pause",mute:"mute",unmute:"unmute","chapter: {chapterName}":"chapter: {chapterName}",live:"live",Off:"Off","start airplay":"start airplay","stop airplay":"stop airplay","start casting":"start casting","stop casting":"stop casting","enter fullscreen mode":"enter fullscreen mode","exit fullscreen mode":"exit fullscreen mode","enter picture in picture mode":"enter picture in picture mode","exit picture in picture mode":"exit picture in picture mode","seek to live":"seek to live","playing live":"playing live","seek back {seekOffset} seconds":"seek back {seekOffset} seconds","seek forward {seekOffset} seconds":"seek forward {seekOffset} seconds","Network Error":"Network Error","Decode Error":"Decode Error","Source Not Supported":"Source Not Supported","Encryption Error":"Encryption Error","A network error caused the media download to fail.":"A network error caused the media download to fail.","A media error caused playback to be aborted. The media could be corrupt or your browser does not support this format.":"A media error caused playback to be aborted. The media could be corrupt or your browser does not support this format.","An unsupported error occurred. The server or network failed, or your browser does not support this format.":"An unsupported error occurred. The server or network failed, or your browser does not support this format.","The media is encrypted and there are no keys to decrypt it.":"The media is encrypted and there are no keys to decrypt it.",hour:"hour",hours:"hours",minute:"minute",minutes:"minutes",second:"second",seconds:"seconds","{time} remaining":"{time} remaining","{currentTime} of {totalTime}":"{currentTime} of {totalTime}","video not loaded, unknown time.":"video not loaded, unknown time."};var so,Ct={en:ro},xt=((so=globalThis.navigator)==null?void 0:so.language)||"en",Kr=t=>{xt=t},od=(t,e)=>{Ct[t]=e},ld=t=>{var e,i,a;let[r]=xt.split("-");return((e=Ct[xt])==null?void 0:e[t])||((i=Ct[r])==null?void 0:i[t])||((a=Ct.en)==null?void 0:a[t])||t},no=()=>{let[t]=xt.split("-");return Ct[xt]?xt:Ct[t]?t:"en"},_=(t,e={})=>ld(t).replace(/\{(\w+)\}/g,(i,a)=>a in e?String(e[a]):`{${a}}`);var Qr=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},F=(t,e,i)=>(Qr(t,e,"read from private field"),i?i.call(t):e.get(t)),te=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},fe=(t,e,i,a)=>(Qr(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),ge=(t,e,i)=>(Qr(t,e,"access private method"),i),fi,ha,Ot,Nt,Pt,Gr,Ut,ca,qr,oo,Yr,lo,gi,ma,pa,zr,Ht,_i,Qe,ua,f={AUDIO:"audio",AUTOHIDE:"autohide",BREAKPOINTS:"breakpoints",GESTURES_DISABLED:"gesturesdisabled",KEYBOARD_CONTROL:"keyboardcontrol",NO_AUTOHIDE:"noautohide",USER_INACTIVE:"userinactive",AUTOHIDE_OVER_CONTROLS:"autohideovercontrols"};function dd(t){return`
    <style>
      
      :host([${n.MEDIA_IS_FULLSCREEN}]) ::slotted([slot=media]) {
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

      
      :host([${f.USER_INACTIVE}]:not([${n.MEDIA_PAUSED}]):not([${n.MEDIA_IS_AIRPLAYING}]):not([${n.MEDIA_IS_CASTING}]):not([${f.AUDIO}])) ::slotted(:not([slot=media]):not([slot=poster]):not([${f.NO_AUTOHIDE}]):not([role=dialog])) {
        opacity: 0;
        transition: var(--media-control-transition-out, opacity 1s);
      }

      :host([${f.USER_INACTIVE}]:not([${f.NO_AUTOHIDE}]):not([${n.MEDIA_PAUSED}]):not([${n.MEDIA_IS_CASTING}]):not([${f.AUDIO}])) ::slotted([slot=media]) {
        cursor: none;
      }

      :host([${f.USER_INACTIVE}][${f.AUTOHIDE_OVER_CONTROLS}]:not([${f.NO_AUTOHIDE}]):not([${n.MEDIA_PAUSED}]):not([${n.MEDIA_IS_CASTING}]):not([${f.AUDIO}])) * {
        --media-cursor: none;
        cursor: none;
      }


      ::slotted(media-control-bar)  {
        align-self: stretch;
      }

      
      
      :host(:not([${f.AUDIO}])[${n.MEDIA_HAS_PLAYED}]) slot[name=poster],
      :host(:not([${f.AUDIO}])[${n.MEDIA_STREAM_TYPE}="${ne.ON_DEMAND}"][${n.MEDIA_CURRENT_TIME}]:not([${n.MEDIA_CURRENT_TIME}="0"])) slot[name=poster] {
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
        <template shadowrootmode="${Vr.shadowRootOptions.mode}">
          ${Vr.getTemplateHTML({})}
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
  `}var cd=Object.values(n),ud="sm:384 md:576 lg:768 xl:960";function hd(t){co(t.target,t.contentRect.width)}function co(t,e){var i;if(!t.isConnected)return;let a=(i=t.getAttribute(f.BREAKPOINTS))!=null?i:ud,r=md(a),s=pd(r,e),o=!1;if(Object.keys(r).forEach(d=>{if(s.includes(d)){t.hasAttribute(`breakpoint${d}`)||(t.setAttribute(`breakpoint${d}`,""),o=!0);return}t.hasAttribute(`breakpoint${d}`)&&(t.removeAttribute(`breakpoint${d}`),o=!0)}),o){let d=new CustomEvent(dt.BREAKPOINTS_CHANGE,{detail:s});t.dispatchEvent(d)}t.breakpointsComputed||(t.breakpointsComputed=!0,t.dispatchEvent(new CustomEvent(dt.BREAKPOINTS_COMPUTED,{bubbles:!0,composed:!0})))}function md(t){let e=t.split(/\s+/);return Object.fromEntries(e.map(i=>i.split(":")))}function pd(t,e){return Object.keys(t).filter(i=>e>=parseInt(t[i]))}var ut=class extends l.HTMLElement{constructor(){if(super(),te(this,qr),te(this,Yr),te(this,gi),te(this,pa),te(this,Ht),te(this,fi,void 0),te(this,ha,0),te(this,Ot,null),te(this,Nt,null),te(this,Pt,void 0),this.breakpointsComputed=!1,te(this,Gr,e=>{let i=this.media;for(let a of e){if(a.type!=="childList")continue;let r=a.removedNodes;for(let s of r){if(s.slot!="media"||a.target!=this)continue;let o=a.previousSibling&&a.previousSibling.previousElementSibling;if(!o||!i)this.mediaUnsetCallback(s);else{let d=o.slot!=="media";for(;(o=o.previousSibling)!==null;)o.slot=="media"&&(d=!1);d&&this.mediaUnsetCallback(s)}}if(i)for(let s of a.addedNodes)s===i&&this.handleMediaUpdated(i)}}),te(this,Ut,!1),te(this,ca,e=>{F(this,Ut)||(setTimeout(()=>{hd(e),fe(this,Ut,!1)},0),fe(this,Ut,!0))}),te(this,Qe,void 0),te(this,ua,()=>{if(!F(this,Qe).assignedElements({flatten:!0}).length){F(this,Ot)&&this.mediaUnsetCallback(F(this,Ot));return}this.handleMediaUpdated(this.media)}),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=W(this.attributes),i=this.constructor.getTemplateHTML(e);this.shadowRoot.setHTMLUnsafe?this.shadowRoot.setHTMLUnsafe(i):this.shadowRoot.innerHTML=i}fe(this,fi,new MutationObserver(F(this,Gr)))}static get observedAttributes(){return[f.AUTOHIDE,f.GESTURES_DISABLED].concat(cd).filter(e=>![n.MEDIA_RENDITION_LIST,n.MEDIA_AUDIO_TRACK_LIST,n.MEDIA_CHAPTERS_CUES,n.MEDIA_WIDTH,n.MEDIA_HEIGHT,n.MEDIA_ERROR,n.MEDIA_ERROR_MESSAGE].includes(e))}attributeChangedCallback(e,i,a){e.toLowerCase()==f.AUTOHIDE&&(this.autohide=a)}get media(){let e=this.querySelector(":scope > [slot=media]");return e?.nodeName=="SLOT"&&(e=e.assignedElements({flatten:!0})[0]),e}async handleMediaUpdated(e){e&&(fe(this,Ot,e),e.localName.includes("-")&&await l.customElements.whenDefined(e.localName),this.mediaSetCallback(e))}connectedCallback(){var e;F(this,fi).observe(this,{childList:!0,subtree:!0}),He(this,F(this,ca));let a=this.getAttribute(f.AUDIO)!=null?_("audio player"):_("video player");this.setAttribute("role","region"),this.setAttribute("aria-label",a),this.handleMediaUpdated(this.media),this.setAttribute(f.USER_INACTIVE,""),co(this,this.getBoundingClientRect().width);let r=this.querySelector(":scope > slot[slot=media]");r&&(fe(this,Qe,r),F(this,Qe).addEventListener("slotchange",F(this,ua))),this.addEventListener("pointerdown",this),this.addEventListener("pointermove",this),this.addEventListener("pointerup",this),this.addEventListener("mouseleave",this),this.addEventListener("keyup",this),(e=l.window)==null||e.addEventListener("mouseup",this)}disconnectedCallback(){var e;We(this,F(this,ca)),clearTimeout(F(this,Nt)),F(this,fi).disconnect(),this.media&&this.mediaUnsetCallback(this.media),(e=l.window)==null||e.removeEventListener("mouseup",this),this.removeEventListener("pointerdown",this),this.removeEventListener("pointermove",this),this.removeEventListener("pointerup",this),this.removeEventListener("mouseleave",this),this.removeEventListener("keyup",this),F(this,Qe)&&(F(this,Qe).removeEventListener("slotchange",F(this,ua)),fe(this,Qe,null)),fe(this,Ut,!1)}mediaSetCallback(e){}mediaUnsetCallback(e){fe(this,Ot,null)}handleEvent(e){switch(e.type){case"pointerdown":fe(this,ha,e.timeStamp);break;case"pointermove":ge(this,qr,oo).call(this,e);break;case"pointerup":ge(this,Yr,lo).call(this,e);break;case"mouseleave":ge(this,gi,ma).call(this);break;case"mouseup":this.removeAttribute(f.KEYBOARD_CONTROL);break;case"keyup":ge(this,Ht,_i).call(this),this.setAttribute(f.KEYBOARD_CONTROL,"");break}}set autohide(e){let i=Number(e);fe(this,Pt,isNaN(i)?0:i)}get autohide(){return(F(this,Pt)===void 0?2:F(this,Pt)).toString()}get breakpoints(){return C(this,f.BREAKPOINTS)}set breakpoints(e){R(this,f.BREAKPOINTS,e)}get audio(){return y(this,f.AUDIO)}set audio(e){I(this,f.AUDIO,e)}get gesturesDisabled(){return y(this,f.GESTURES_DISABLED)}set gesturesDisabled(e){I(this,f.GESTURES_DISABLED,e)}get keyboardControl(){return y(this,f.KEYBOARD_CONTROL)}set keyboardControl(e){I(this,f.KEYBOARD_CONTROL,e)}get noAutohide(){return y(this,f.NO_AUTOHIDE)}set noAutohide(e){I(this,f.NO_AUTOHIDE,e)}get autohideOverControls(){return y(this,f.AUTOHIDE_OVER_CONTROLS)}set autohideOverControls(e){I(this,f.AUTOHIDE_OVER_CONTROLS,e)}get userInteractive(){return y(this,f.USER_INACTIVE)}set userInteractive(e){I(this,f.USER_INACTIVE,e)}};fi=new WeakMap;ha=new WeakMap;Ot=new WeakMap;Nt=new WeakMap;Pt=new WeakMap;Gr=new WeakMap;Ut=new WeakMap;ca=new WeakMap;qr=new WeakSet;oo=function(t){if(t.pointerType!=="mouse"&&t.timeStamp-F(this,ha)<250)return;ge(this,pa,zr).call(this),clearTimeout(F(this,Nt));let e=this.hasAttribute(f.AUTOHIDE_OVER_CONTROLS);([this,this.media].includes(t.target)||e)&&ge(this,Ht,_i).call(this)};Yr=new WeakSet;lo=function(t){if(t.pointerType==="touch"){let e=!this.hasAttribute(f.USER_INACTIVE);[this,this.media].includes(t.target)&&e?ge(this,gi,ma).call(this):ge(this,Ht,_i).call(this)}else t.composedPath().some(e=>["media-play-button","media-fullscreen-button"].includes(e?.localName))&&ge(this,Ht,_i).call(this)};gi=new WeakSet;ma=function(){if(F(this,Pt)<0||this.hasAttribute(f.USER_INACTIVE))return;this.setAttribute(f.USER_INACTIVE,"");let t=new l.CustomEvent(dt.USER_INACTIVE_CHANGE,{composed:!0,bubbles:!0,detail:!0});this.dispatchEvent(t)};pa=new WeakSet;zr=function(){if(!this.hasAttribute(f.USER_INACTIVE))return;this.removeAttribute(f.USER_INACTIVE);let t=new l.CustomEvent(dt.USER_INACTIVE_CHANGE,{composed:!0,bubbles:!0,detail:!1});this.dispatchEvent(t)};Ht=new WeakSet;_i=function(){ge(this,pa,zr).call(this),clearTimeout(F(this,Nt));let t=parseInt(this.autohide);t<0||fe(this,Nt,setTimeout(()=>{ge(this,gi,ma).call(this)},t*1e3))};Qe=new WeakMap;ua=new WeakMap;ut.shadowRootOptions={mode:"open"};ut.getTemplateHTML=dd;l.customElements.get("media-container")||l.customElements.define("media-container",ut);var is=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},mt=(t,e,i)=>(is(t,e,"read from private field"),i?i.call(t):e.get(t)),Be=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},as=(t,e,i,a)=>(is(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),ht=(t,e,i)=>(is(t,e,"access private method"),i),Ea,Ai,pt,va,Zr,Xr,uo,Jr,ho,jr,mo,es,po,ts,vo;function vd(t){return`
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
  `}function Ed(t){return`
    <slot id="content"></slot>
  `}var bi={OPEN:"open",ANCHOR:"anchor"},ze=class extends l.HTMLElement{constructor(){super(),Be(this,va),Be(this,Xr),Be(this,Jr),Be(this,jr),Be(this,es),Be(this,ts),Be(this,Ea,!1),Be(this,Ai,null),Be(this,pt,null)}static get observedAttributes(){return[bi.OPEN,bi.ANCHOR]}get open(){return y(this,bi.OPEN)}set open(e){I(this,bi.OPEN,e)}handleEvent(e){switch(e.type){case"invoke":ht(this,jr,mo).call(this,e);break;case"focusout":ht(this,es,po).call(this,e);break;case"keydown":ht(this,ts,vo).call(this,e);break}}connectedCallback(){ht(this,va,Zr).call(this),this.role||(this.role="dialog"),this.addEventListener("invoke",this),this.addEventListener("focusout",this),this.addEventListener("keydown",this)}disconnectedCallback(){this.removeEventListener("invoke",this),this.removeEventListener("focusout",this),this.removeEventListener("keydown",this)}attributeChangedCallback(e,i,a){ht(this,va,Zr).call(this),e===bi.OPEN&&a!==i&&(this.open?ht(this,Xr,uo).call(this):ht(this,Jr,ho).call(this))}focus(){as(this,Ai,vi());let e=!this.dispatchEvent(new Event("focus",{composed:!0,cancelable:!0})),i=!this.dispatchEvent(new Event("focusin",{composed:!0,bubbles:!0,cancelable:!0}));if(e||i)return;let a=this.querySelector('[autofocus], [tabindex]:not([tabindex="-1"]), [role="menu"]');a?.focus()}get keysUsed(){return["Escape","Tab"]}};Ea=new WeakMap;Ai=new WeakMap;pt=new WeakMap;va=new WeakSet;Zr=function(){if(!mt(this,Ea)&&(as(this,Ea,!0),!this.shadowRoot)){this.attachShadow(this.constructor.shadowRootOptions);let t=W(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(t),queueMicrotask(()=>{let{style:e}=U(this.shadowRoot,":host");e.setProperty("transition","display .15s, visibility .15s, opacity .15s ease-in, transform .15s ease-in")})}};Xr=new WeakSet;uo=function(){var t;(t=mt(this,pt))==null||t.setAttribute("aria-expanded","true"),this.dispatchEvent(new Event("open",{composed:!0,bubbles:!0})),this.addEventListener("transitionend",()=>this.focus(),{once:!0})};Jr=new WeakSet;ho=function(){var t;(t=mt(this,pt))==null||t.setAttribute("aria-expanded","false"),this.dispatchEvent(new Event("close",{composed:!0,bubbles:!0}))};jr=new WeakSet;mo=function(t){as(this,pt,t.relatedTarget),ee(this,t.relatedTarget)||(this.open=!this.open)};es=new WeakSet;po=function(t){var e;ee(this,t.relatedTarget)||((e=mt(this,Ai))==null||e.focus(),mt(this,pt)&&mt(this,pt)!==t.relatedTarget&&this.open&&(this.open=!1))};ts=new WeakSet;vo=function(t){var e,i,a,r,s;let{key:o,ctrlKey:d,altKey:c,metaKey:g}=t;d||c||g||this.keysUsed.includes(o)&&(t.preventDefault(),t.stopPropagation(),o==="Tab"?(t.shiftKey?(i=(e=this.previousElementSibling)==null?void 0:e.focus)==null||i.call(e):(r=(a=this.nextElementSibling)==null?void 0:a.focus)==null||r.call(a),this.blur()):o==="Escape"&&((s=mt(this,Ai))==null||s.focus(),this.open=!1))};ze.shadowRootOptions={mode:"open"};ze.getTemplateHTML=vd;ze.getSlotTemplateHTML=Ed;l.customElements.get("media-chrome-dialog")||l.customElements.define("media-chrome-dialog",ze);var fd=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Ze=(t,e,i)=>(fd(t,e,"read from private field"),i?i.call(t):e.get(t)),Eo=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Wt,Bt,Ti={HOTKEYS:"hotkeys"},gd=[{keys:[{key:" ",label:"Space"},{key:"k"}],description:"Toggle Playback"},{keys:[{key:"m"}],description:"Toggle mute"},{keys:[{key:"f"}],description:"Toggle fullscreen"},{keys:[{key:"c"}],description:"Toggle captions or subtitles, if available"},{keys:[{key:"p"}],description:"Toggle Picture in Picture"},{keys:[{key:"ArrowLeft",label:"\u2190"},{key:"j"}],description:"Seek back 10s"},{keys:[{key:"ArrowRight",label:"\u2192"},{key:"l"}],description:"Seek forward 10s"},{keys:[{key:"ArrowUp",label:"\u2191"}],description:"Turn volume up"},{keys:[{key:"ArrowDown",label:"\u2193"}],description:"Turn volume down"},{keys:[{key:"<",label:"< (SHIFT+,)"}],description:"Decrease playback rate"},{keys:[{key:">",label:"> (SHIFT+.)"}],description:"Increase playback rate"},{keys:[{key:"shift+/",label:"SHIFT+/"}],description:"Show keyboard shortcuts"}];function ga(t){return t===" "?"nospace":`no${t.toLowerCase()}`}function _d(t){let e=new Set(t?.split(/\s+/));return gd.map(({keys:i,description:a})=>({keys:i.filter(({key:r})=>!e.has(ga(r))),description:a})).filter(({keys:i})=>i.length)}function bd(t){return`
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
      ${fo(t[Ti.HOTKEYS])}
    </slot>
  `}function fo(t){return`
    <h2>Keyboard Shortcuts</h2>
    <table class="shortcuts-table">${_d(t).map(({keys:i,description:a})=>`
        <tr>
          <td>
            <div class="key-combo">${i.map(({key:s,label:o=s},d)=>d>0?`<span class="key-separator">or</span><span class="key">${o}</span>`:`<span class="key">${o}</span>`).join("")}</div>
          </td>
          <td class="description">${a}</td>
        </tr>
      `).join("")}</table>
  `}var fa=class extends ze{constructor(){super(...arguments),Eo(this,Wt,e=>{var i;if(!this.open)return;let a=(i=this.shadowRoot)==null?void 0:i.querySelector("#content");if(!a)return;let r=e.composedPath(),s=r[0]===this||r.includes(this),o=r.includes(a);s&&!o&&(this.open=!1)}),Eo(this,Bt,e=>{if(!this.open)return;let i=e.shiftKey&&(e.key==="/"||e.key==="?");(e.key==="Escape"||i)&&!e.ctrlKey&&!e.altKey&&!e.metaKey&&(this.open=!1,e.preventDefault(),e.stopPropagation())})}static get observedAttributes(){return[...super.observedAttributes,Ti.HOTKEYS]}get hotkeys(){var e;return(e=C(this,Ti.HOTKEYS))!=null?e:void 0}set hotkeys(e){R(this,Ti.HOTKEYS,e)}connectedCallback(){super.connectedCallback(),this.open&&(this.addEventListener("click",Ze(this,Wt)),document.addEventListener("keydown",Ze(this,Bt)))}disconnectedCallback(){this.removeEventListener("click",Ze(this,Wt)),document.removeEventListener("keydown",Ze(this,Bt))}attributeChangedCallback(e,i,a){var r;if(super.attributeChangedCallback(e,i,a),e==="open")this.open?(this.addEventListener("click",Ze(this,Wt)),document.addEventListener("keydown",Ze(this,Bt))):(this.removeEventListener("click",Ze(this,Wt)),document.removeEventListener("keydown",Ze(this,Bt)));else if(e===Ti.HOTKEYS&&a!==i){let s=(r=this.shadowRoot)==null?void 0:r.querySelector("#content");s&&(s.innerHTML=fo(a))}}};Wt=new WeakMap;Bt=new WeakMap;fa.getSlotTemplateHTML=bd;l.customElements.get("media-keyboard-shortcuts-dialog")||l.customElements.define("media-keyboard-shortcuts-dialog",fa);var go=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},q=(t,e,i)=>(go(t,e,"read from private field"),i?i.call(t):e.get(t)),Si=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},_a=(t,e,i,a)=>(go(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),Ft,$t,ba,vt,Fe,Xe,Aa=class{constructor(e,i,{defaultValue:a}={defaultValue:void 0}){Si(this,Fe),Si(this,Ft,void 0),Si(this,$t,void 0),Si(this,ba,void 0),Si(this,vt,new Set),_a(this,Ft,e),_a(this,$t,i),_a(this,ba,new Set(a))}[Symbol.iterator](){return q(this,Fe,Xe).values()}get length(){return q(this,Fe,Xe).size}get value(){var e;return(e=[...q(this,Fe,Xe)].join(" "))!=null?e:""}set value(e){var i;e!==this.value&&(_a(this,vt,new Set),this.add(...(i=e?.split(" "))!=null?i:[]))}toString(){return this.value}item(e){return[...q(this,Fe,Xe)][e]}values(){return q(this,Fe,Xe).values()}forEach(e,i){q(this,Fe,Xe).forEach(e,i)}add(...e){var i,a;e.forEach(r=>q(this,vt).add(r)),!(this.value===""&&!((i=q(this,Ft))!=null&&i.hasAttribute(`${q(this,$t)}`)))&&((a=q(this,Ft))==null||a.setAttribute(`${q(this,$t)}`,`${this.value}`))}remove(...e){var i;e.forEach(a=>q(this,vt).delete(a)),(i=q(this,Ft))==null||i.setAttribute(`${q(this,$t)}`,`${this.value}`)}contains(e){return q(this,Fe,Xe).has(e)}toggle(e,i){return typeof i<"u"?i?(this.add(e),!0):(this.remove(e),!1):this.contains(e)?(this.remove(e),!1):(this.add(e),!0)}replace(e,i){return this.remove(e),this.add(i),e===i}};Ft=new WeakMap;$t=new WeakMap;ba=new WeakMap;vt=new WeakMap;Fe=new WeakSet;Xe=function(){return q(this,vt).size?q(this,vt):q(this,ba)};function _o(t){return t?.map(Ad).join(" ")}function Ad(t){if(t){let{id:e,width:i,height:a}=t;return[e,i,a].filter(r=>r!=null).join(":")}}function bo(t){return t?.map(Td).join(" ")}function Td(t){if(t){let{id:e,kind:i,language:a,label:r}=t;return[e,i,a,r].filter(s=>s!=null).join(":")}}function Vt(t){return typeof t=="number"&&!Number.isNaN(t)&&Number.isFinite(t)}var Ta=t=>new Promise(e=>setTimeout(e,t));var Sd=(t="")=>t.split(/\s+/),Ao=(t="")=>{let[e,i,a]=t.split(":"),r=a?decodeURIComponent(a):void 0;return{kind:e==="cc"?ae.CAPTIONS:ae.SUBTITLES,language:i,label:r}},Et=(t="",e={})=>Sd(t).map(i=>{let a=Ao(i);return{...e,...a}}),rs=t=>t?Array.isArray(t)?t.map(e=>typeof e=="string"?Ao(e):e):typeof t=="string"?Et(t):[t]:[],Sa=({kind:t,label:e,language:i}={kind:"subtitles"})=>e?`${t==="captions"?"cc":"sb"}:${i}:${encodeURIComponent(e)}`:i,$e=(t=[])=>Array.prototype.map.call(t,Sa).join(" "),kd=(t,e)=>i=>i[t]===e,To=t=>{let e=Object.entries(t).map(([i,a])=>kd(i,a));return i=>e.every(a=>a(i))},ft=(t,e=[],i=[])=>{let a=rs(i).map(To),r=s=>a.some(o=>o(s));Array.from(e).filter(r).forEach(s=>{s.mode=t})},gt=(t,e=()=>!0)=>{if(!t?.textTracks)return[];let i=typeof e=="function"?e:To(e);return Array.from(t.textTracks).filter(i)},ka=t=>{var e;return!!((e=t.mediaSubtitlesShowing)!=null&&e.length)||t.hasAttribute(n.MEDIA_SUBTITLES_SHOWING)};var ko=t=>{var e;let{media:i,fullscreenElement:a}=t;try{let r=a&&"requestFullscreen"in a?"requestFullscreen":a&&"webkitRequestFullScreen"in a?"webkitRequestFullScreen":void 0;if(r){let s=(e=a[r])==null?void 0:e.call(a);if(s instanceof Promise)return s.catch(()=>{})}else i?.webkitEnterFullscreen?i.webkitEnterFullscreen():i?.requestFullscreen&&i.requestFullscreen()}catch(r){console.error(r)}},So="exitFullscreen"in P?"exitFullscreen":"webkitExitFullscreen"in P?"webkitExitFullscreen":"webkitCancelFullScreen"in P?"webkitCancelFullScreen":void 0,yo=t=>{var e;let{documentElement:i}=t;if(So){let a=(e=i?.[So])==null?void 0:e.call(i);if(a instanceof Promise)return a.catch(()=>{})}},ki="fullscreenElement"in P?"fullscreenElement":"webkitFullscreenElement"in P?"webkitFullscreenElement":void 0,yd=t=>{let{documentElement:e,media:i}=t,a=e?.[ki];return!a&&"webkitDisplayingFullscreen"in i&&"webkitPresentationMode"in i&&i.webkitDisplayingFullscreen&&i.webkitPresentationMode===jn.FULLSCREEN?i:a},Io=t=>{var e;let{media:i,documentElement:a,fullscreenElement:r=i}=t;if(!i||!a)return!1;let s=yd(t);if(!s)return!1;if(s===r||s===i)return!0;if(s.localName.includes("-")){let o=s.shadowRoot;if(!(ki in o))return ee(s,r);for(;o?.[ki];){if(o[ki]===r)return!0;o=(e=o[ki])==null?void 0:e.shadowRoot}}return!1},Id="fullscreenEnabled"in P?"fullscreenEnabled":"webkitFullscreenEnabled"in P?"webkitFullscreenEnabled":void 0,wo=t=>{let{documentElement:e,media:i}=t;return!!e?.[Id]||i&&"webkitSupportsFullscreen"in i};var ya,ss=()=>{var t,e;return ya||(ya=(e=(t=P)==null?void 0:t.createElement)==null?void 0:e.call(t,"video"),ya)},Lo=async(t=ss())=>{if(!t)return!1;let e=t.volume;t.volume=e/2+.1;let i=new AbortController,a=await Promise.race([wd(t,i.signal),Ld(t,e)]);return i.abort(),a},wd=(t,e)=>new Promise(i=>{t.addEventListener("volumechange",()=>i(!0),{signal:e})}),Ld=async(t,e)=>{for(let i=0;i<10;i++){if(t.volume===e)return!1;await Ta(10)}return t.volume!==e},Md=/.*Version\/.*Safari\/.*/.test(l.navigator.userAgent),ns=(t=ss())=>l.matchMedia("(display-mode: standalone)").matches&&Md?!1:typeof t?.requestPictureInPicture=="function",os=(t=ss())=>wo({documentElement:P,media:t}),Mo=os(),Ro=ns(),Do=!!l.WebKitPlaybackTargetAvailabilityEvent,Co=!!l.chrome;var Kt=t=>gt(t.media,e=>[ae.SUBTITLES,ae.CAPTIONS].includes(e.kind)).sort((e,i)=>e.kind>=i.kind?1:-1),ls=t=>gt(t.media,e=>e.mode===qe.SHOWING&&[ae.SUBTITLES,ae.CAPTIONS].includes(e.kind)),Ia=(t,e)=>{let i=Kt(t),a=ls(t),r=!!a.length;if(i.length){if(e===!1||r&&e!==!0)ft(qe.DISABLED,i,a);else if(e===!0||!r&&e!==!1){let s=i[0],{options:o}=t;if(!o?.noSubtitlesLangPref){let T=l.localStorage.getItem("media-chrome-pref-subtitles-lang"),A=T?[T,...l.navigator.languages]:l.navigator.languages,E=i.filter(m=>A.some(b=>m.language.toLowerCase().startsWith(b.split("-")[0]))).sort((m,b)=>{let v=A.findIndex(k=>m.language.toLowerCase().startsWith(k.split("-")[0])),w=A.findIndex(k=>b.language.toLowerCase().startsWith(k.split("-")[0]));return v-w});E[0]&&(s=E[0])}let{language:d,label:c,kind:g}=s;ft(qe.DISABLED,i,a),ft(qe.SHOWING,i,[{language:d,label:c,kind:g}])}}},wa=(t,e)=>t===e?!0:t==null||e==null||typeof t!=typeof e?!1:typeof t=="number"&&Number.isNaN(t)&&Number.isNaN(e)?!0:typeof t!="object"?!1:Array.isArray(t)?Rd(t,e):Object.entries(t).every(([i,a])=>i in e&&wa(a,e[i])),Rd=(t,e)=>{let i=Array.isArray(t),a=Array.isArray(e);return i!==a?!1:i||a?t.length!==e.length?!1:t.every((r,s)=>wa(r,e[s])):!0};var Dd=Object.values(ne),La,Cd=Lo().then(t=>(La=t,La)),xo=async(...t)=>{await Promise.all(t.filter(e=>e).map(async e=>{if(!("localName"in e&&e instanceof l.HTMLElement))return;let i=e.localName;if(!i.includes("-"))return;let a=l.customElements.get(i);a&&e instanceof a||(await l.customElements.whenDefined(i),l.customElements.upgrade(e))}))},xd=new l.DOMParser,Od=t=>t&&(xd.parseFromString(t,"text/html").body.textContent||t),Gt={mediaError:{get(t,e){let{media:i}=t;if(e?.type!=="playing")return i?.error},mediaEvents:["emptied","error","playing"]},mediaErrorCode:{get(t,e){var i;let{media:a}=t;if(e?.type!=="playing")return(i=a?.error)==null?void 0:i.code},mediaEvents:["emptied","error","playing"]},mediaErrorMessage:{get(t,e){var i,a;let{media:r}=t;if(e?.type!=="playing")return(a=(i=r?.error)==null?void 0:i.message)!=null?a:""},mediaEvents:["emptied","error","playing"]},mediaWidth:{get(t){var e;let{media:i}=t;return(e=i?.videoWidth)!=null?e:0},mediaEvents:["resize"]},mediaHeight:{get(t){var e;let{media:i}=t;return(e=i?.videoHeight)!=null?e:0},mediaEvents:["resize"]},mediaPaused:{get(t){var e;let{media:i}=t;return(e=i?.paused)!=null?e:!0},set(t,e){var i;let{media:a}=e;a&&(t?a.pause():(i=a.play())==null||i.catch(()=>{}))},mediaEvents:["play","playing","pause","emptied"]},mediaHasPlayed:{get(t,e){let{media:i}=t;return i?e?e.type==="playing":!i.paused:!1},mediaEvents:["playing","emptied"]},mediaEnded:{get(t){var e;let{media:i}=t;return(e=i?.ended)!=null?e:!1},mediaEvents:["seeked","ended","emptied"]},mediaPlaybackRate:{get(t){var e;let{media:i}=t;return(e=i?.playbackRate)!=null?e:1},set(t,e){let{media:i}=e;i&&Number.isFinite(+t)&&(i.playbackRate=+t)},mediaEvents:["ratechange","loadstart"]},mediaMuted:{get(t){var e;let{media:i}=t;return(e=i?.muted)!=null?e:!1},set(t,e){let{media:i,options:{noMutedPref:a}={}}=e;if(i){i.muted=t;try{let r=l.localStorage.getItem("media-chrome-pref-muted")!==null,s=i.hasAttribute("muted");if(a){r&&l.localStorage.removeItem("media-chrome-pref-muted");return}if(s&&!r)return;l.localStorage.setItem("media-chrome-pref-muted",t?"true":"false")}catch(r){console.debug("Error setting muted pref",r)}}},mediaEvents:["volumechange"],stateOwnersUpdateHandlers:[(t,e)=>{let{options:{noMutedPref:i}}=e,{media:a}=e;if(!(!a||a.muted||i))try{let r=l.localStorage.getItem("media-chrome-pref-muted")==="true";Gt.mediaMuted.set(r,e),t(r)}catch(r){console.debug("Error getting muted pref",r)}}]},mediaLoop:{get(t){let{media:e}=t;return e?.loop},set(t,e){let{media:i}=e;i&&(i.loop=t)},mediaEvents:["medialooprequest"]},mediaVolume:{get(t){var e;let{media:i}=t;return(e=i?.volume)!=null?e:1},set(t,e){let{media:i,options:{noVolumePref:a}={}}=e;if(i){try{t==null?l.localStorage.removeItem("media-chrome-pref-volume"):!i.hasAttribute("muted")&&!a&&l.localStorage.setItem("media-chrome-pref-volume",t.toString())}catch(r){console.debug("Error setting volume pref",r)}Number.isFinite(+t)&&(i.volume=+t)}},mediaEvents:["volumechange"],stateOwnersUpdateHandlers:[(t,e)=>{let{options:{noVolumePref:i}}=e;if(!i)try{let{media:a}=e;if(!a)return;let r=l.localStorage.getItem("media-chrome-pref-volume");if(r==null)return;Gt.mediaVolume.set(+r,e),t(+r)}catch(a){console.debug("Error getting volume pref",a)}}]},mediaVolumeLevel:{get(t){let{media:e}=t;return typeof e?.volume>"u"?"high":e.muted||e.volume===0?"off":e.volume<.5?"low":e.volume<.75?"medium":"high"},mediaEvents:["volumechange"]},mediaCurrentTime:{get(t){var e;let{media:i}=t;return(e=i?.currentTime)!=null?e:0},set(t,e){let{media:i}=e;!i||!Vt(t)||(i.currentTime=t)},mediaEvents:["timeupdate","loadedmetadata","seeking"]},mediaDuration:{get(t){let{media:e,options:{defaultDuration:i}={}}=t;return i&&(!e||!e.duration||Number.isNaN(e.duration)||!Number.isFinite(e.duration))?i:Number.isFinite(e?.duration)?e.duration:Number.NaN},mediaEvents:["durationchange","loadedmetadata","emptied"]},mediaLoading:{get(t){let{media:e}=t;return e?.readyState<3},mediaEvents:["waiting","playing","emptied"]},mediaSeekable:{get(t){var e;let{media:i}=t;if(!((e=i?.seekable)!=null&&e.length))return;let a=i.seekable.start(0),r=i.seekable.end(i.seekable.length-1);if(!(!a&&!r))return[Number(a.toFixed(3)),Number(r.toFixed(3))]},mediaEvents:["loadedmetadata","emptied","progress","seekablechange"]},mediaBuffered:{get(t){var e;let{media:i}=t,a=(e=i?.buffered)!=null?e:[];return Array.from(a).map((r,s)=>[Number(a.start(s).toFixed(3)),Number(a.end(s).toFixed(3))])},mediaEvents:["progress","emptied"]},mediaStreamType:{get(t){let{media:e,options:{defaultStreamType:i}={}}=t,a=[ne.LIVE,ne.ON_DEMAND].includes(i)?i:void 0;if(!e)return a;let{streamType:r}=e;if(Dd.includes(r))return r===ne.UNKNOWN?a:r;let s=e.duration;return s===1/0?ne.LIVE:Number.isFinite(s)?ne.ON_DEMAND:a},mediaEvents:["emptied","durationchange","loadedmetadata","streamtypechange"]},mediaTargetLiveWindow:{get(t){let{media:e}=t;if(!e)return Number.NaN;let{targetLiveWindow:i}=e,a=Gt.mediaStreamType.get(t);return(i==null||Number.isNaN(i))&&a===ne.LIVE?0:i},mediaEvents:["emptied","durationchange","loadedmetadata","streamtypechange","targetlivewindowchange"]},mediaTimeIsLive:{get(t){let{media:e,options:{liveEdgeOffset:i=10}={}}=t;if(!e)return!1;if(typeof e.liveEdgeStart=="number")return Number.isNaN(e.liveEdgeStart)?!1:e.currentTime>=e.liveEdgeStart;if(!(Gt.mediaStreamType.get(t)===ne.LIVE))return!1;let r=e.seekable;if(!r)return!0;if(!r.length)return!1;let s=r.end(r.length-1)-i;return e.currentTime>=s},mediaEvents:["playing","timeupdate","progress","waiting","emptied"]},mediaSubtitlesList:{get(t){return Kt(t).map(({kind:e,label:i,language:a})=>({kind:e,label:i,language:a}))},mediaEvents:["loadstart"],textTracksEvents:["addtrack","removetrack"]},mediaSubtitlesShowing:{get(t){return ls(t).map(({kind:e,label:i,language:a})=>({kind:e,label:i,language:a}))},mediaEvents:["loadstart"],textTracksEvents:["addtrack","removetrack","change"],stateOwnersUpdateHandlers:[(t,e)=>{var i,a;let{media:r,options:s}=e;if(!r)return;let o=d=>{var c;!s.defaultSubtitles||d&&![ae.CAPTIONS,ae.SUBTITLES].includes((c=d?.track)==null?void 0:c.kind)||Ia(e,!0)};return r.addEventListener("loadstart",o),(i=r.textTracks)==null||i.addEventListener("addtrack",o),(a=r.textTracks)==null||a.addEventListener("removetrack",o),()=>{var d,c;r.removeEventListener("loadstart",o),(d=r.textTracks)==null||d.removeEventListener("addtrack",o),(c=r.textTracks)==null||c.removeEventListener("removetrack",o)}}]},mediaChaptersCues:{get(t){var e;let{media:i}=t;if(!i)return[];let[a]=gt(i,{kind:ae.CHAPTERS});return Array.from((e=a?.cues)!=null?e:[]).map(({text:r,startTime:s,endTime:o})=>({text:Od(r),startTime:s,endTime:o}))},mediaEvents:["loadstart","loadedmetadata"],textTracksEvents:["addtrack","removetrack","change"],stateOwnersUpdateHandlers:[(t,e)=>{var i;let{media:a}=e;if(!a)return;let r=a.querySelector('track[kind="chapters"][default][src]'),s=(i=a.shadowRoot)==null?void 0:i.querySelector(':is(video,audio) > track[kind="chapters"][default][src]');return r?.addEventListener("load",t),s?.addEventListener("load",t),()=>{r?.removeEventListener("load",t),s?.removeEventListener("load",t)}}]},mediaIsPip:{get(t){var e,i;let{media:a,documentElement:r}=t;if(!a||!r||!r.pictureInPictureElement)return!1;if(r.pictureInPictureElement===a)return!0;if(r.pictureInPictureElement instanceof HTMLMediaElement)return(e=a.localName)!=null&&e.includes("-")?ee(a,r.pictureInPictureElement):!1;if(r.pictureInPictureElement.localName.includes("-")){let s=r.pictureInPictureElement.shadowRoot;for(;s?.pictureInPictureElement;){if(s.pictureInPictureElement===a)return!0;s=(i=s.pictureInPictureElement)==null?void 0:i.shadowRoot}}return!1},set(t,e){let{media:i}=e;if(i)if(t){if(!P.pictureInPictureEnabled){console.warn("MediaChrome: Picture-in-picture is not enabled");return}if(!i.requestPictureInPicture){console.warn("MediaChrome: The current media does not support picture-in-picture");return}let a=()=>{console.warn("MediaChrome: The media is not ready for picture-in-picture. It must have a readyState > 0.")};i.requestPictureInPicture().catch(r=>{if(r.code===11){if(!i.src){console.warn("MediaChrome: The media is not ready for picture-in-picture. It must have a src set.");return}if(i.readyState===0&&i.preload==="none"){let s=()=>{i.removeEventListener("loadedmetadata",o),i.preload="none"},o=()=>{i.requestPictureInPicture().catch(a),s()};i.addEventListener("loadedmetadata",o),i.preload="metadata",setTimeout(()=>{i.readyState===0&&a(),s()},1e3)}else throw r}else throw r})}else P.pictureInPictureElement&&P.exitPictureInPicture()},mediaEvents:["enterpictureinpicture","leavepictureinpicture"]},mediaRenditionList:{get(t){var e;let{media:i}=t;return[...(e=i?.videoRenditions)!=null?e:[]].map(a=>({...a}))},mediaEvents:["emptied","loadstart"],videoRenditionsEvents:["addrendition","removerendition"]},mediaRenditionSelected:{get(t){var e,i,a;let{media:r}=t;return(a=(i=r?.videoRenditions)==null?void 0:i[(e=r.videoRenditions)==null?void 0:e.selectedIndex])==null?void 0:a.id},set(t,e){let{media:i}=e;if(!i?.videoRenditions){console.warn("MediaController: Rendition selection not supported by this media.");return}let a=t,r=Array.prototype.findIndex.call(i.videoRenditions,s=>s.id==a);i.videoRenditions.selectedIndex!=r&&(i.videoRenditions.selectedIndex=r)},mediaEvents:["emptied"],videoRenditionsEvents:["addrendition","removerendition","change"]},mediaAudioTrackList:{get(t){var e;let{media:i}=t;return[...(e=i?.audioTracks)!=null?e:[]]},mediaEvents:["emptied","loadstart"],audioTracksEvents:["addtrack","removetrack"]},mediaAudioTrackEnabled:{get(t){var e,i;let{media:a}=t;return(i=[...(e=a?.audioTracks)!=null?e:[]].find(r=>r.enabled))==null?void 0:i.id},set(t,e){let{media:i}=e;if(!i?.audioTracks){console.warn("MediaChrome: Audio track selection not supported by this media.");return}let a=t;for(let r of i.audioTracks)r.enabled=a==r.id},mediaEvents:["emptied"],audioTracksEvents:["addtrack","removetrack","change"]},mediaIsFullscreen:{get(t){return Io(t)},set(t,e,i){var a,r;t?(ko(e),i.detail&&!((a=e.media)!=null&&a.inert)&&((r=e.media)==null||r.focus())):yo(e)},rootEvents:["fullscreenchange","webkitfullscreenchange"],mediaEvents:["webkitbeginfullscreen","webkitendfullscreen","webkitpresentationmodechanged"]},mediaIsCasting:{get(t){var e;let{media:i}=t;return!i?.remote||((e=i.remote)==null?void 0:e.state)==="disconnected"?!1:i.remote.state==="connected"},set(t,e){var i,a;let{media:r}=e;if(r&&!(t&&((i=r.remote)==null?void 0:i.state)!=="disconnected")&&!(!t&&((a=r.remote)==null?void 0:a.state)!=="connected")){if(typeof r.remote.prompt!="function"){console.warn("MediaChrome: Casting is not supported in this environment");return}r.remote.prompt().catch(()=>{})}},remoteEvents:["connect","connecting","disconnect"]},mediaIsAirplaying:{get(){return!1},set(t,e){let{media:i}=e;if(i){if(!(i.webkitShowPlaybackTargetPicker&&l.WebKitPlaybackTargetAvailabilityEvent)){console.error("MediaChrome: received a request to select AirPlay but AirPlay is not supported in this environment");return}i.webkitShowPlaybackTargetPicker()}},mediaEvents:["webkitcurrentplaybacktargetiswirelesschanged"]},mediaFullscreenUnavailable:{get(t){let{media:e}=t;if(!Mo||!os(e))return re.UNSUPPORTED}},mediaPipUnavailable:{get(t){let{media:e}=t;if(!Ro||!ns(e))return re.UNSUPPORTED;if(e?.disablePictureInPicture)return re.UNAVAILABLE}},mediaVolumeUnavailable:{get(t){let{media:e}=t;if(La===!1||e?.volume==null)return re.UNSUPPORTED},stateOwnersUpdateHandlers:[t=>{La==null&&Cd.then(e=>t(e?void 0:re.UNSUPPORTED))}]},mediaCastUnavailable:{get(t,{availability:e="not-available"}={}){var i;let{media:a}=t;if(!Co||!((i=a?.remote)!=null&&i.state))return re.UNSUPPORTED;if(!(e==null||e==="available"))return re.UNAVAILABLE},stateOwnersUpdateHandlers:[(t,e)=>{var i;let{media:a}=e;return a?(a.disableRemotePlayback||a.hasAttribute("disableremoteplayback")||(i=a?.remote)==null||i.watchAvailability(s=>{t({availability:s?"available":"not-available"})}).catch(s=>{s.name==="NotSupportedError"?t({availability:null}):t({availability:"not-available"})}),()=>{var s;(s=a?.remote)==null||s.cancelWatchAvailability().catch(()=>{})}):void 0}]},mediaAirplayUnavailable:{get(t,e){if(!Do)return re.UNSUPPORTED;if(e?.availability==="not-available")return re.UNAVAILABLE},mediaEvents:["webkitplaybacktargetavailabilitychanged"],stateOwnersUpdateHandlers:[(t,e)=>{var i;let{media:a}=e;return a?(a.disableRemotePlayback||a.hasAttribute("disableremoteplayback")||(i=a?.remote)==null||i.watchAvailability(s=>{t({availability:s?"available":"not-available"})}).catch(s=>{s.name==="NotSupportedError"?t({availability:null}):t({availability:"not-available"})}),()=>{var s;(s=a?.remote)==null||s.cancelWatchAvailability().catch(()=>{})}):void 0}]},mediaRenditionUnavailable:{get(t){var e;let{media:i}=t;if(!i?.videoRenditions)return re.UNSUPPORTED;if(!((e=i.videoRenditions)!=null&&e.length))return re.UNAVAILABLE},mediaEvents:["emptied","loadstart"],videoRenditionsEvents:["addrendition","removerendition"]},mediaAudioTrackUnavailable:{get(t){var e,i;let{media:a}=t;if(!a?.audioTracks)return re.UNSUPPORTED;if(((i=(e=a.audioTracks)==null?void 0:e.length)!=null?i:0)<=1)return re.UNAVAILABLE},mediaEvents:["emptied","loadstart"],audioTracksEvents:["addtrack","removetrack"]},mediaLang:{get(t){let{options:{mediaLang:e}={}}=t;return e??"en"}}};var Oo={[h.MEDIA_PREVIEW_REQUEST](t,e,{detail:i}){var a,r,s;let{media:o}=e,d=i??void 0,c,g;if(o&&d!=null){let[m]=gt(o,{kind:ae.METADATA,label:"thumbnails"}),b=Array.prototype.find.call((a=m?.cues)!=null?a:[],(v,w,k)=>w===0?v.endTime>d:w===k.length-1?v.startTime<=d:v.startTime<=d&&v.endTime>d);if(b){let v=/'^(?:[a-z]+:)?\/\//i.test(b.text)||(r=o?.querySelector('track[label="thumbnails"]'))==null?void 0:r.src,w=new URL(b.text,v);g=new URLSearchParams(w.hash).get("#xywh").split(",").map(j=>+j),c=w.href}}let T=t.mediaDuration.get(e),E=(s=t.mediaChaptersCues.get(e).find((m,b,v)=>b===v.length-1&&T===m.endTime?m.startTime<=d&&m.endTime>=d:m.startTime<=d&&m.endTime>d))==null?void 0:s.text;return i!=null&&E==null&&(E=""),{mediaPreviewTime:d,mediaPreviewImage:c,mediaPreviewCoords:g,mediaPreviewChapter:E}},[h.MEDIA_PAUSE_REQUEST](t,e){t["mediaPaused"].set(!0,e)},[h.MEDIA_PLAY_REQUEST](t,e){var i,a,r,s;let o="mediaPaused",c=t.mediaStreamType.get(e)===ne.LIVE,g=!((i=e.options)!=null&&i.noAutoSeekToLive),T=t.mediaTargetLiveWindow.get(e)>0;if(c&&g&&!T){let A=(a=t.mediaSeekable.get(e))==null?void 0:a[1];if(A){let E=(s=(r=e.options)==null?void 0:r.seekToLiveOffset)!=null?s:0,m=A-E;t.mediaCurrentTime.set(m,e)}}t[o].set(!1,e)},[h.MEDIA_PLAYBACK_RATE_REQUEST](t,e,{detail:i}){let a="mediaPlaybackRate",r=i;t[a].set(r,e)},[h.MEDIA_MUTE_REQUEST](t,e){t["mediaMuted"].set(!0,e)},[h.MEDIA_UNMUTE_REQUEST](t,e){let i="mediaMuted";t.mediaVolume.get(e)||t.mediaVolume.set(.25,e),t[i].set(!1,e)},[h.MEDIA_LOOP_REQUEST](t,e,{detail:i}){let a="mediaLoop",r=!!i;return t[a].set(r,e),{mediaLoop:r}},[h.MEDIA_VOLUME_REQUEST](t,e,{detail:i}){let a="mediaVolume",r=i;r&&t.mediaMuted.get(e)&&t.mediaMuted.set(!1,e),t[a].set(r,e)},[h.MEDIA_SEEK_REQUEST](t,e,{detail:i}){let a="mediaCurrentTime",r=i;t[a].set(r,e)},[h.MEDIA_SEEK_TO_LIVE_REQUEST](t,e){var i,a,r;let s="mediaCurrentTime",o=(i=t.mediaSeekable.get(e))==null?void 0:i[1];if(Number.isNaN(Number(o)))return;let d=(r=(a=e.options)==null?void 0:a.seekToLiveOffset)!=null?r:0,c=o-d;t[s].set(c,e)},[h.MEDIA_SHOW_SUBTITLES_REQUEST](t,e,{detail:i}){var a;let{options:r}=e,s=Kt(e),o=rs(i),d=(a=o[0])==null?void 0:a.language;d&&!r.noSubtitlesLangPref&&l.localStorage.setItem("media-chrome-pref-subtitles-lang",d),ft(qe.SHOWING,s,o)},[h.MEDIA_DISABLE_SUBTITLES_REQUEST](t,e,{detail:i}){let a=Kt(e),r=i??[];ft(qe.DISABLED,a,r)},[h.MEDIA_TOGGLE_SUBTITLES_REQUEST](t,e,{detail:i}){Ia(e,i)},[h.MEDIA_RENDITION_REQUEST](t,e,{detail:i}){let a="mediaRenditionSelected",r=i;t[a].set(r,e)},[h.MEDIA_AUDIO_TRACK_REQUEST](t,e,{detail:i}){let a="mediaAudioTrackEnabled",r=i;t[a].set(r,e)},[h.MEDIA_ENTER_PIP_REQUEST](t,e){let i="mediaIsPip";t.mediaIsFullscreen.get(e)&&t.mediaIsFullscreen.set(!1,e),t[i].set(!0,e)},[h.MEDIA_EXIT_PIP_REQUEST](t,e){t["mediaIsPip"].set(!1,e)},[h.MEDIA_ENTER_FULLSCREEN_REQUEST](t,e,i){let a="mediaIsFullscreen";t.mediaIsPip.get(e)&&t.mediaIsPip.set(!1,e),t[a].set(!0,e,i)},[h.MEDIA_EXIT_FULLSCREEN_REQUEST](t,e){t["mediaIsFullscreen"].set(!1,e)},[h.MEDIA_ENTER_CAST_REQUEST](t,e){let i="mediaIsCasting";t.mediaIsFullscreen.get(e)&&t.mediaIsFullscreen.set(!1,e),t[i].set(!0,e)},[h.MEDIA_EXIT_CAST_REQUEST](t,e){t["mediaIsCasting"].set(!1,e)},[h.MEDIA_AIRPLAY_REQUEST](t,e){t["mediaIsAirplaying"].set(!0,e)}};var Uo=({media:t,fullscreenElement:e,documentElement:i,stateMediator:a=Gt,requestMap:r=Oo,options:s={},monitorStateOwnersOnlyWithSubscriptions:o=!0})=>{let d=[],c={options:{...s}},g=Object.freeze({mediaPreviewTime:void 0,mediaPreviewImage:void 0,mediaPreviewCoords:void 0,mediaPreviewChapter:void 0}),T=v=>{v!=null&&(wa(v,g)||(g=Object.freeze({...g,...v}),d.forEach(w=>w(g))))},A=()=>{let v=Object.entries(a).reduce((w,[k,{get:j}])=>(w[k]=j(c),w),{});T(v)},E={},m,b=async(v,w)=>{var k,j,ci,ui,Lt,Pe,Ne,hi,lt,Tn,Sn,kn,yn,In,wn,Ln;let Ql=!!m;if(m={...c,...m??{},...v},Ql)return;await xo(...Object.values(v));let Mt=d.length>0&&w===0&&o,Mn=c.media!==m.media,Rn=((k=c.media)==null?void 0:k.textTracks)!==((j=m.media)==null?void 0:j.textTracks),Dn=((ci=c.media)==null?void 0:ci.videoRenditions)!==((ui=m.media)==null?void 0:ui.videoRenditions),Cn=((Lt=c.media)==null?void 0:Lt.audioTracks)!==((Pe=m.media)==null?void 0:Pe.audioTracks),xn=((Ne=c.media)==null?void 0:Ne.remote)!==((hi=m.media)==null?void 0:hi.remote),On=c.documentElement!==m.documentElement,Un=!!c.media&&(Mn||Mt),Pn=!!((lt=c.media)!=null&&lt.textTracks)&&(Rn||Mt),Nn=!!((Tn=c.media)!=null&&Tn.videoRenditions)&&(Dn||Mt),Hn=!!((Sn=c.media)!=null&&Sn.audioTracks)&&(Cn||Mt),Wn=!!((kn=c.media)!=null&&kn.remote)&&(xn||Mt),Bn=!!c.documentElement&&(On||Mt),Wr=Un||Pn||Nn||Hn||Wn||Bn,Rt=d.length===0&&w===1&&o,Fn=!!m.media&&(Mn||Rt),$n=!!((yn=m.media)!=null&&yn.textTracks)&&(Rn||Rt),Vn=!!((In=m.media)!=null&&In.videoRenditions)&&(Dn||Rt),Kn=!!((wn=m.media)!=null&&wn.audioTracks)&&(Cn||Rt),Gn=!!((Ln=m.media)!=null&&Ln.remote)&&(xn||Rt),qn=!!m.documentElement&&(On||Rt),Yn=Fn||$n||Vn||Kn||Gn||qn;if(!(Wr||Yn)){Object.entries(m).forEach(([D,mi])=>{c[D]=mi}),A(),m=void 0;return}Object.entries(a).forEach(([D,{get:mi,mediaEvents:zl=[],textTracksEvents:Zl=[],videoRenditionsEvents:Xl=[],audioTracksEvents:Jl=[],remoteEvents:jl=[],rootEvents:ed=[],stateOwnersUpdateHandlers:td=[]}])=>{E[D]||(E[D]={});let se=H=>{let $=mi(c,H);T({[D]:$})},G;G=E[D].mediaEvents,zl.forEach(H=>{G&&Un&&(c.media.removeEventListener(H,G),E[D].mediaEvents=void 0),Fn&&(m.media.addEventListener(H,se),E[D].mediaEvents=se)}),G=E[D].textTracksEvents,Zl.forEach(H=>{var $,ve;G&&Pn&&(($=c.media.textTracks)==null||$.removeEventListener(H,G),E[D].textTracksEvents=void 0),$n&&((ve=m.media.textTracks)==null||ve.addEventListener(H,se),E[D].textTracksEvents=se)}),G=E[D].videoRenditionsEvents,Xl.forEach(H=>{var $,ve;G&&Nn&&(($=c.media.videoRenditions)==null||$.removeEventListener(H,G),E[D].videoRenditionsEvents=void 0),Vn&&((ve=m.media.videoRenditions)==null||ve.addEventListener(H,se),E[D].videoRenditionsEvents=se)}),G=E[D].audioTracksEvents,Jl.forEach(H=>{var $,ve;G&&Hn&&(($=c.media.audioTracks)==null||$.removeEventListener(H,G),E[D].audioTracksEvents=void 0),Kn&&((ve=m.media.audioTracks)==null||ve.addEventListener(H,se),E[D].audioTracksEvents=se)}),G=E[D].remoteEvents,jl.forEach(H=>{var $,ve;G&&Wn&&(($=c.media.remote)==null||$.removeEventListener(H,G),E[D].remoteEvents=void 0),Gn&&((ve=m.media.remote)==null||ve.addEventListener(H,se),E[D].remoteEvents=se)}),G=E[D].rootEvents,ed.forEach(H=>{G&&Bn&&(c.documentElement.removeEventListener(H,G),E[D].rootEvents=void 0),qn&&(m.documentElement.addEventListener(H,se),E[D].rootEvents=se)});let ia=E[D].stateOwnersUpdateHandlers;if(ia&&Wr&&(Array.isArray(ia)?ia:[ia]).forEach($=>{typeof $=="function"&&$()}),Yn){let H=td.map($=>$(se,m)).filter($=>typeof $=="function");E[D].stateOwnersUpdateHandlers=H.length===1?H[0]:H}else Wr&&(E[D].stateOwnersUpdateHandlers=void 0)}),Object.entries(m).forEach(([D,mi])=>{c[D]=mi}),A(),m=void 0};return b({media:t,fullscreenElement:e,documentElement:i,options:s}),{dispatch(v){let{type:w,detail:k}=v;if(r[w]&&g.mediaErrorCode==null){T(r[w](a,c,v));return}w==="mediaelementchangerequest"?b({media:k}):w==="fullscreenelementchangerequest"?b({fullscreenElement:k}):w==="documentelementchangerequest"?b({documentElement:k}):w==="optionschangerequest"&&(Object.entries(k??{}).forEach(([j,ci])=>{c.options[j]=ci}),A())},getState(){return g},subscribe(v){return b({},d.length+1),d.push(v),v(g),()=>{let w=d.indexOf(v);w>=0&&(b({},d.length-1),d.splice(w,1))}}}};var ps=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},p=(t,e,i)=>(ps(t,e,"read from private field"),i?i.call(t):e.get(t)),oe=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},_e=(t,e,i,a)=>(ps(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),Je=(t,e,i)=>(ps(t,e,"access private method"),i),Ve,yi,L,le,Ii,ke,Ma,wi,Ra,ds,bt,Da,cs,Li,Ca,us,$o,Vo=["ArrowLeft","ArrowRight","ArrowUp","ArrowDown","Enter"," ","f","m","k","c","l","j",">","<","p"],Po=10,No=.025,Ho=.25,Ud=.25,Pd=2,u={DEFAULT_SUBTITLES:"defaultsubtitles",DEFAULT_STREAM_TYPE:"defaultstreamtype",DEFAULT_DURATION:"defaultduration",FULLSCREEN_ELEMENT:"fullscreenelement",HOTKEYS:"hotkeys",KEYBOARD_BACKWARD_SEEK_OFFSET:"keyboardbackwardseekoffset",KEYBOARD_FORWARD_SEEK_OFFSET:"keyboardforwardseekoffset",KEYBOARD_DOWN_VOLUME_STEP:"keyboarddownvolumestep",KEYBOARD_UP_VOLUME_STEP:"keyboardupvolumestep",KEYS_USED:"keysused",LANG:"lang",LOOP:"loop",LIVE_EDGE_OFFSET:"liveedgeoffset",NO_AUTO_SEEK_TO_LIVE:"noautoseektolive",NO_DEFAULT_STORE:"nodefaultstore",NO_HOTKEYS:"nohotkeys",NO_MUTED_PREF:"nomutedpref",NO_SUBTITLES_LANG_PREF:"nosubtitleslangpref",NO_VOLUME_PREF:"novolumepref",SEEK_TO_LIVE_OFFSET:"seektoliveoffset"},hs=class extends ut{constructor(){super(),oe(this,Ra),oe(this,Da),oe(this,Li),oe(this,us),this.mediaStateReceivers=[],this.associatedElementSubscriptions=new Map,oe(this,Ve,new Aa(this,u.HOTKEYS)),oe(this,yi,void 0),oe(this,L,void 0),oe(this,le,null),oe(this,Ii,void 0),oe(this,ke,void 0),oe(this,Ma,i=>{var a;(a=p(this,L))==null||a.dispatch(i)}),oe(this,wi,void 0),oe(this,bt,i=>{let{key:a,shiftKey:r}=i;if(!(r&&(a==="/"||a==="?")||Vo.includes(a))){this.removeEventListener("keyup",p(this,bt));return}this.keyboardShortcutHandler(i)}),this.associateElement(this);let e={};_e(this,Ii,i=>{Object.entries(i).forEach(([a,r])=>{if(a in e&&e[a]===r)return;this.propagateMediaState(a,r);let s=a.toLowerCase(),o=new l.CustomEvent(Jn[s],{composed:!0,detail:r});this.dispatchEvent(o)}),e=i})}static get observedAttributes(){return super.observedAttributes.concat(u.NO_HOTKEYS,u.HOTKEYS,u.DEFAULT_STREAM_TYPE,u.DEFAULT_SUBTITLES,u.DEFAULT_DURATION,u.NO_MUTED_PREF,u.NO_VOLUME_PREF,u.LANG,u.LOOP,u.LIVE_EDGE_OFFSET,u.SEEK_TO_LIVE_OFFSET,u.NO_AUTO_SEEK_TO_LIVE)}get mediaStore(){return p(this,L)}set mediaStore(e){var i,a;if(p(this,L)&&((i=p(this,ke))==null||i.call(this),_e(this,ke,void 0)),_e(this,L,e),!p(this,L)&&!this.hasAttribute(u.NO_DEFAULT_STORE)){Je(this,Ra,ds).call(this);return}_e(this,ke,(a=p(this,L))==null?void 0:a.subscribe(p(this,Ii)))}get fullscreenElement(){var e;return(e=p(this,yi))!=null?e:this}set fullscreenElement(e){var i;this.hasAttribute(u.FULLSCREEN_ELEMENT)&&this.removeAttribute(u.FULLSCREEN_ELEMENT),_e(this,yi,e),(i=p(this,L))==null||i.dispatch({type:"fullscreenelementchangerequest",detail:this.fullscreenElement})}get defaultSubtitles(){return y(this,u.DEFAULT_SUBTITLES)}set defaultSubtitles(e){I(this,u.DEFAULT_SUBTITLES,e)}get defaultStreamType(){return C(this,u.DEFAULT_STREAM_TYPE)}set defaultStreamType(e){R(this,u.DEFAULT_STREAM_TYPE,e)}get defaultDuration(){return X(this,u.DEFAULT_DURATION)}set defaultDuration(e){J(this,u.DEFAULT_DURATION,e)}get noHotkeys(){return y(this,u.NO_HOTKEYS)}set noHotkeys(e){I(this,u.NO_HOTKEYS,e)}get keysUsed(){return C(this,u.KEYS_USED)}set keysUsed(e){R(this,u.KEYS_USED,e)}get liveEdgeOffset(){return X(this,u.LIVE_EDGE_OFFSET)}set liveEdgeOffset(e){J(this,u.LIVE_EDGE_OFFSET,e)}get noAutoSeekToLive(){return y(this,u.NO_AUTO_SEEK_TO_LIVE)}set noAutoSeekToLive(e){I(this,u.NO_AUTO_SEEK_TO_LIVE,e)}get noVolumePref(){return y(this,u.NO_VOLUME_PREF)}set noVolumePref(e){I(this,u.NO_VOLUME_PREF,e)}get noMutedPref(){return y(this,u.NO_MUTED_PREF)}set noMutedPref(e){I(this,u.NO_MUTED_PREF,e)}get noSubtitlesLangPref(){return y(this,u.NO_SUBTITLES_LANG_PREF)}set noSubtitlesLangPref(e){I(this,u.NO_SUBTITLES_LANG_PREF,e)}get noDefaultStore(){return y(this,u.NO_DEFAULT_STORE)}set noDefaultStore(e){I(this,u.NO_DEFAULT_STORE,e)}get resolvedLang(){return no()}attributeChangedCallback(e,i,a){var r,s,o,d,c,g,T,A,E,m,b,v;if(super.attributeChangedCallback(e,i,a),e===u.NO_HOTKEYS)a!==i&&a===""?(this.hasAttribute(u.HOTKEYS)&&console.warn("Media Chrome: Both `hotkeys` and `nohotkeys` have been set. All hotkeys will be disabled."),this.disableHotkeys()):a!==i&&a===null&&this.enableHotkeys(),Je(this,Li,Ca).call(this);else if(e===u.HOTKEYS)p(this,Ve).value=a,Je(this,Li,Ca).call(this);else if(e===u.DEFAULT_SUBTITLES&&a!==i)(r=p(this,L))==null||r.dispatch({type:"optionschangerequest",detail:{defaultSubtitles:this.hasAttribute(u.DEFAULT_SUBTITLES)}});else if(e===u.DEFAULT_STREAM_TYPE)(o=p(this,L))==null||o.dispatch({type:"optionschangerequest",detail:{defaultStreamType:(s=this.getAttribute(u.DEFAULT_STREAM_TYPE))!=null?s:void 0}});else if(e===u.LIVE_EDGE_OFFSET&&a!==i)(d=p(this,L))==null||d.dispatch({type:"optionschangerequest",detail:{liveEdgeOffset:this.hasAttribute(u.LIVE_EDGE_OFFSET)?+this.getAttribute(u.LIVE_EDGE_OFFSET):void 0,seekToLiveOffset:this.hasAttribute(u.SEEK_TO_LIVE_OFFSET)?+this.getAttribute(u.SEEK_TO_LIVE_OFFSET):this.hasAttribute(u.LIVE_EDGE_OFFSET)?+this.getAttribute(u.LIVE_EDGE_OFFSET):void 0}});else if(e===u.SEEK_TO_LIVE_OFFSET&&a!==i)(c=p(this,L))==null||c.dispatch({type:"optionschangerequest",detail:{seekToLiveOffset:this.hasAttribute(u.SEEK_TO_LIVE_OFFSET)?+this.getAttribute(u.SEEK_TO_LIVE_OFFSET):this.hasAttribute(u.LIVE_EDGE_OFFSET)?+this.getAttribute(u.LIVE_EDGE_OFFSET):void 0}});else if(e===u.NO_AUTO_SEEK_TO_LIVE)(g=p(this,L))==null||g.dispatch({type:"optionschangerequest",detail:{noAutoSeekToLive:this.hasAttribute(u.NO_AUTO_SEEK_TO_LIVE)}});else if(e===u.FULLSCREEN_ELEMENT){let w=a?(T=this.getRootNode())==null?void 0:T.getElementById(a):void 0;_e(this,yi,w),(A=p(this,L))==null||A.dispatch({type:"fullscreenelementchangerequest",detail:this.fullscreenElement})}else e===u.LANG&&a!==i?(Kr(a),(E=p(this,L))==null||E.dispatch({type:"optionschangerequest",detail:{mediaLang:a}})):e===u.LOOP&&a!==i?(m=p(this,L))==null||m.dispatch({type:h.MEDIA_LOOP_REQUEST,detail:a!=null}):e===u.NO_VOLUME_PREF&&a!==i?(b=p(this,L))==null||b.dispatch({type:"optionschangerequest",detail:{noVolumePref:this.hasAttribute(u.NO_VOLUME_PREF)}}):e===u.NO_MUTED_PREF&&a!==i&&((v=p(this,L))==null||v.dispatch({type:"optionschangerequest",detail:{noMutedPref:this.hasAttribute(u.NO_MUTED_PREF)}}))}connectedCallback(){var e,i,a;this.associateElement(this),!p(this,L)&&!this.hasAttribute(u.NO_DEFAULT_STORE)&&Je(this,Ra,ds).call(this),(e=p(this,L))==null||e.dispatch({type:"documentelementchangerequest",detail:P}),(i=p(this,L))==null||i.dispatch({type:"fullscreenelementchangerequest",detail:this.fullscreenElement}),super.connectedCallback(),p(this,L)&&!p(this,ke)&&_e(this,ke,(a=p(this,L))==null?void 0:a.subscribe(p(this,Ii))),p(this,wi)!==void 0&&p(this,L)&&this.media&&setTimeout(()=>{var r,s,o;(s=(r=this.media)==null?void 0:r.textTracks)!=null&&s.length&&((o=p(this,L))==null||o.dispatch({type:h.MEDIA_TOGGLE_SUBTITLES_REQUEST,detail:p(this,wi)}))},0),this.hasAttribute(u.NO_HOTKEYS)?this.disableHotkeys():this.enableHotkeys()}disconnectedCallback(){var e,i,a,r,s,o;if((e=super.disconnectedCallback)==null||e.call(this),this.disableHotkeys(),p(this,L)){let d=p(this,L).getState();_e(this,wi,!!((i=d.mediaSubtitlesShowing)!=null&&i.length)),(a=p(this,L))==null||a.dispatch({type:"fullscreenelementchangerequest",detail:void 0}),(r=p(this,L))==null||r.dispatch({type:"documentelementchangerequest",detail:void 0}),(s=p(this,L))==null||s.dispatch({type:h.MEDIA_TOGGLE_SUBTITLES_REQUEST,detail:!1})}p(this,ke)&&((o=p(this,ke))==null||o.call(this),_e(this,ke,void 0)),this.unassociateElement(this),p(this,le)&&(p(this,le).remove(),_e(this,le,null))}mediaSetCallback(e){var i;super.mediaSetCallback(e),(i=p(this,L))==null||i.dispatch({type:"mediaelementchangerequest",detail:e}),e.hasAttribute("tabindex")||(e.tabIndex=-1)}mediaUnsetCallback(e){var i;super.mediaUnsetCallback(e),(i=p(this,L))==null||i.dispatch({type:"mediaelementchangerequest",detail:void 0})}propagateMediaState(e,i){Fo(this.mediaStateReceivers,e,i)}associateElement(e){if(!e)return;let{associatedElementSubscriptions:i}=this;if(i.has(e))return;let a=this.registerMediaStateReceiver.bind(this),r=this.unregisterMediaStateReceiver.bind(this),s=$d(e,a,r);Object.values(h).forEach(o=>{e.addEventListener(o,p(this,Ma))}),i.set(e,s)}unassociateElement(e){if(!e)return;let{associatedElementSubscriptions:i}=this;if(!i.has(e))return;i.get(e)(),i.delete(e),Object.values(h).forEach(r=>{e.removeEventListener(r,p(this,Ma))})}registerMediaStateReceiver(e){if(!e)return;let i=this.mediaStateReceivers;i.indexOf(e)>-1||(i.push(e),p(this,L)&&Object.entries(p(this,L).getState()).forEach(([r,s])=>{Fo([e],r,s)}))}unregisterMediaStateReceiver(e){let i=this.mediaStateReceivers,a=i.indexOf(e);a<0||i.splice(a,1)}enableHotkeys(){this.addEventListener("keydown",Je(this,Da,cs))}disableHotkeys(){this.removeEventListener("keydown",Je(this,Da,cs)),this.removeEventListener("keyup",p(this,bt))}get hotkeys(){return p(this,Ve)}set hotkeys(e){R(this,u.HOTKEYS,e)}keyboardShortcutHandler(e){var i,a,r,s,o,d,c,g,T;let A=e.target;if(((r=(a=(i=A.getAttribute(u.KEYS_USED))==null?void 0:i.split(" "))!=null?a:A?.keysUsed)!=null?r:[]).map(k=>k==="Space"?" ":k).filter(Boolean).includes(e.key))return;let m,b,v;if(!(p(this,Ve).contains(ga(e.key))||e.shiftKey&&(e.key==="/"||e.key==="?")&&p(this,Ve).contains("noshift+/")))switch(e.key){case" ":case"k":m=p(this,L).getState().mediaPaused?h.MEDIA_PLAY_REQUEST:h.MEDIA_PAUSE_REQUEST,this.dispatchEvent(new l.CustomEvent(m,{composed:!0,bubbles:!0}));break;case"m":m=this.mediaStore.getState().mediaVolumeLevel==="off"?h.MEDIA_UNMUTE_REQUEST:h.MEDIA_MUTE_REQUEST,this.dispatchEvent(new l.CustomEvent(m,{composed:!0,bubbles:!0}));break;case"f":m=this.mediaStore.getState().mediaIsFullscreen?h.MEDIA_EXIT_FULLSCREEN_REQUEST:h.MEDIA_ENTER_FULLSCREEN_REQUEST,this.dispatchEvent(new l.CustomEvent(m,{composed:!0,bubbles:!0}));break;case"c":this.dispatchEvent(new l.CustomEvent(h.MEDIA_TOGGLE_SUBTITLES_REQUEST,{composed:!0,bubbles:!0}));break;case"ArrowLeft":case"j":{let k=this.hasAttribute(u.KEYBOARD_BACKWARD_SEEK_OFFSET)?+this.getAttribute(u.KEYBOARD_BACKWARD_SEEK_OFFSET):Po;b=Math.max(((s=this.mediaStore.getState().mediaCurrentTime)!=null?s:0)-k,0),v=new l.CustomEvent(h.MEDIA_SEEK_REQUEST,{composed:!0,bubbles:!0,detail:b}),this.dispatchEvent(v);break}case"ArrowRight":case"l":{let k=this.hasAttribute(u.KEYBOARD_FORWARD_SEEK_OFFSET)?+this.getAttribute(u.KEYBOARD_FORWARD_SEEK_OFFSET):Po;b=Math.max(((o=this.mediaStore.getState().mediaCurrentTime)!=null?o:0)+k,0),v=new l.CustomEvent(h.MEDIA_SEEK_REQUEST,{composed:!0,bubbles:!0,detail:b}),this.dispatchEvent(v);break}case"ArrowUp":{let k=this.hasAttribute(u.KEYBOARD_UP_VOLUME_STEP)?+this.getAttribute(u.KEYBOARD_UP_VOLUME_STEP):No;b=Math.min(((d=this.mediaStore.getState().mediaVolume)!=null?d:1)+k,1),v=new l.CustomEvent(h.MEDIA_VOLUME_REQUEST,{composed:!0,bubbles:!0,detail:b}),this.dispatchEvent(v);break}case"ArrowDown":{let k=this.hasAttribute(u.KEYBOARD_DOWN_VOLUME_STEP)?+this.getAttribute(u.KEYBOARD_DOWN_VOLUME_STEP):No;b=Math.max(((c=this.mediaStore.getState().mediaVolume)!=null?c:1)-k,0),v=new l.CustomEvent(h.MEDIA_VOLUME_REQUEST,{composed:!0,bubbles:!0,detail:b}),this.dispatchEvent(v);break}case"<":{let k=(g=this.mediaStore.getState().mediaPlaybackRate)!=null?g:1;b=Math.max(k-Ho,Ud).toFixed(2),v=new l.CustomEvent(h.MEDIA_PLAYBACK_RATE_REQUEST,{composed:!0,bubbles:!0,detail:b}),this.dispatchEvent(v);break}case">":{let k=(T=this.mediaStore.getState().mediaPlaybackRate)!=null?T:1;b=Math.min(k+Ho,Pd).toFixed(2),v=new l.CustomEvent(h.MEDIA_PLAYBACK_RATE_REQUEST,{composed:!0,bubbles:!0,detail:b}),this.dispatchEvent(v);break}case"/":case"?":{e.shiftKey&&Je(this,us,$o).call(this);break}case"p":{m=this.mediaStore.getState().mediaIsPip?h.MEDIA_EXIT_PIP_REQUEST:h.MEDIA_ENTER_PIP_REQUEST,v=new l.CustomEvent(m,{composed:!0,bubbles:!0}),this.dispatchEvent(v);break}default:break}}};Ve=new WeakMap;yi=new WeakMap;L=new WeakMap;le=new WeakMap;Ii=new WeakMap;ke=new WeakMap;Ma=new WeakMap;wi=new WeakMap;Ra=new WeakSet;ds=function(){var t;this.mediaStore=Uo({media:this.media,fullscreenElement:this.fullscreenElement,options:{defaultSubtitles:this.hasAttribute(u.DEFAULT_SUBTITLES),defaultDuration:this.hasAttribute(u.DEFAULT_DURATION)?+this.getAttribute(u.DEFAULT_DURATION):void 0,defaultStreamType:(t=this.getAttribute(u.DEFAULT_STREAM_TYPE))!=null?t:void 0,liveEdgeOffset:this.hasAttribute(u.LIVE_EDGE_OFFSET)?+this.getAttribute(u.LIVE_EDGE_OFFSET):void 0,seekToLiveOffset:this.hasAttribute(u.SEEK_TO_LIVE_OFFSET)?+this.getAttribute(u.SEEK_TO_LIVE_OFFSET):this.hasAttribute(u.LIVE_EDGE_OFFSET)?+this.getAttribute(u.LIVE_EDGE_OFFSET):void 0,noAutoSeekToLive:this.hasAttribute(u.NO_AUTO_SEEK_TO_LIVE),noVolumePref:this.hasAttribute(u.NO_VOLUME_PREF),noMutedPref:this.hasAttribute(u.NO_MUTED_PREF),noSubtitlesLangPref:this.hasAttribute(u.NO_SUBTITLES_LANG_PREF)}})};bt=new WeakMap;Da=new WeakSet;cs=function(t){var e;let{metaKey:i,altKey:a,key:r,shiftKey:s}=t,o=s&&(r==="/"||r==="?");if(o&&((e=p(this,le))!=null&&e.open)){this.removeEventListener("keyup",p(this,bt));return}if(i||a||!o&&!Vo.includes(r)){this.removeEventListener("keyup",p(this,bt));return}let d=t.target,c=d instanceof HTMLElement&&(d.tagName.toLowerCase()==="media-volume-range"||d.tagName.toLowerCase()==="media-time-range");[" ","ArrowLeft","ArrowRight","ArrowUp","ArrowDown"].includes(r)&&!p(this,Ve).contains(ga(r))&&!c&&t.preventDefault(),this.addEventListener("keyup",p(this,bt),{once:!0})};Li=new WeakSet;Ca=function(){p(this,le)&&(p(this,le).hotkeys=p(this,Ve).value||void 0,(this.noHotkeys||p(this,Ve).contains("noshift+/"))&&(p(this,le).open=!1))};us=new WeakSet;$o=function(){p(this,le)||(_e(this,le,P.createElement("media-keyboard-shortcuts-dialog")),Je(this,Li,Ca).call(this),this.appendChild(p(this,le))),p(this,le).open=!0};var Nd=Object.values(n),Hd=Object.values(Fr),Ko=t=>{var e,i,a,r;let{observedAttributes:s}=t.constructor;!s&&((e=t.nodeName)!=null&&e.includes("-"))&&(l.customElements.upgrade(t),{observedAttributes:s}=t.constructor);let o=(r=(a=(i=t?.getAttribute)==null?void 0:i.call(t,S.MEDIA_CHROME_ATTRIBUTES))==null?void 0:a.split)==null?void 0:r.call(a,/\s+/);return Array.isArray(s||o)?(s||o).filter(d=>Nd.includes(d)):[]},Wd=t=>{var e,i;return(e=t.nodeName)!=null&&e.includes("-")&&l.customElements.get((i=t.nodeName)==null?void 0:i.toLowerCase())&&!(t instanceof l.customElements.get(t.nodeName.toLowerCase()))&&l.customElements.upgrade(t),Hd.some(a=>a in t)},ms=t=>Wd(t)||!!Ko(t).length,Wo=t=>{var e;return(e=t?.join)==null?void 0:e.call(t,":")},Bo={[n.MEDIA_SUBTITLES_LIST]:$e,[n.MEDIA_SUBTITLES_SHOWING]:$e,[n.MEDIA_SEEKABLE]:Wo,[n.MEDIA_BUFFERED]:t=>t?.map(Wo).join(" "),[n.MEDIA_PREVIEW_COORDS]:t=>t?.join(" "),[n.MEDIA_RENDITION_LIST]:_o,[n.MEDIA_AUDIO_TRACK_LIST]:bo},Bd=async(t,e,i)=>{var a,r;if(t.isConnected||await Ta(0),typeof i=="boolean"||i==null)return I(t,e,i);if(typeof i=="number")return J(t,e,i);if(typeof i=="string")return R(t,e,i);if(Array.isArray(i)&&!i.length)return t.removeAttribute(e);let s=(r=(a=Bo[e])==null?void 0:a.call(Bo,i))!=null?r:i;return t.setAttribute(e,s)},Fd=t=>{var e;return!!((e=t.closest)!=null&&e.call(t,'*[slot="media"]'))},_t=(t,e)=>{if(Fd(t))return;let i=(r,s)=>{var o,d;ms(r)&&s(r);let{children:c=[]}=r??{},g=(d=(o=r?.shadowRoot)==null?void 0:o.children)!=null?d:[];[...c,...g].forEach(A=>_t(A,s))},a=t?.nodeName.toLowerCase();if(a.includes("-")&&!ms(t)){l.customElements.whenDefined(a).then(()=>{i(t,e)});return}i(t,e)},Fo=(t,e,i)=>{t.forEach(a=>{if(e in a){a[e]=i;return}let r=Ko(a),s=e.toLowerCase();r.includes(s)&&Bd(a,s,i)})},$d=(t,e,i)=>{_t(t,e);let a=T=>{var A;let E=(A=T?.composedPath()[0])!=null?A:T.target;e(E)},r=T=>{var A;let E=(A=T?.composedPath()[0])!=null?A:T.target;i(E)};t.addEventListener(h.REGISTER_MEDIA_STATE_RECEIVER,a),t.addEventListener(h.UNREGISTER_MEDIA_STATE_RECEIVER,r);let s=T=>{T.forEach(A=>{let{addedNodes:E=[],removedNodes:m=[],type:b,target:v,attributeName:w}=A;b==="childList"?(Array.prototype.forEach.call(E,k=>_t(k,e)),Array.prototype.forEach.call(m,k=>_t(k,i))):b==="attributes"&&w===S.MEDIA_CHROME_ATTRIBUTES&&(ms(v)?e(v):i(v))})},o=[],d=T=>{let A=T.target;A.name!=="media"&&(o.forEach(E=>_t(E,i)),o=[...A.assignedElements({flatten:!0})],o.forEach(E=>_t(E,e)))};t.addEventListener("slotchange",d);let c=new MutationObserver(s);return c.observe(t,{childList:!0,attributes:!0,subtree:!0}),()=>{_t(t,i),t.removeEventListener("slotchange",d),c.disconnect(),t.removeEventListener(h.REGISTER_MEDIA_STATE_RECEIVER,a),t.removeEventListener(h.UNREGISTER_MEDIA_STATE_RECEIVER,r)}};l.customElements.get("media-controller")||l.customElements.define("media-controller",hs);var Go=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},xa=(t,e,i)=>(Go(t,e,"read from private field"),i?i.call(t):e.get(t)),Vd=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Oa=(t,e,i,a)=>(Go(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),ye;function Kd(t){return`
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
  `}var Mi=class extends l.HTMLElement{constructor(){if(super(),Vd(this,ye,void 0),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=W(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}}static get observedAttributes(){return[S.MEDIA_CONTROLLER]}attributeChangedCallback(e,i,a){var r,s,o,d,c;e===S.MEDIA_CONTROLLER&&(i&&((s=(r=xa(this,ye))==null?void 0:r.unassociateElement)==null||s.call(r,this),Oa(this,ye,null)),a&&this.isConnected&&(Oa(this,ye,(o=this.getRootNode())==null?void 0:o.getElementById(a)),(c=(d=xa(this,ye))==null?void 0:d.associateElement)==null||c.call(d,this)))}connectedCallback(){var e,i,a;let r=this.getAttribute(S.MEDIA_CONTROLLER);r&&(Oa(this,ye,(e=this.getRootNode())==null?void 0:e.getElementById(r)),(a=(i=xa(this,ye))==null?void 0:i.associateElement)==null||a.call(i,this))}disconnectedCallback(){var e,i;(i=(e=xa(this,ye))==null?void 0:e.unassociateElement)==null||i.call(e,this),Oa(this,ye,null)}};ye=new WeakMap;Mi.shadowRootOptions={mode:"open"};Mi.getTemplateHTML=Kd;l.customElements.get("media-control-bar")||l.customElements.define("media-control-bar",Mi);var qt={PLACEMENT:"placement",BOUNDS:"bounds"};function Gd(t){return`
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
  `}var Yt=class extends l.HTMLElement{constructor(){if(super(),this.updateXOffset=()=>{var e;if(!la(this,{checkOpacity:!1,checkVisibilityCSS:!1}))return;let i=this.placement;if(i==="left"||i==="right"){this.style.removeProperty("--media-tooltip-offset-x");return}let a=getComputedStyle(this),r=(e=Se(this,"#"+this.bounds))!=null?e:Ye(this);if(!r)return;let{x:s,width:o}=r.getBoundingClientRect(),{x:d,width:c}=this.getBoundingClientRect(),g=d+c,T=s+o,A=a.getPropertyValue("--media-tooltip-offset-x"),E=A?parseFloat(A.replace("px","")):0,m=a.getPropertyValue("--media-tooltip-container-margin"),b=m?parseFloat(m.replace("px","")):0,v=d-s+E-b,w=g-T+E+b;if(v<0){this.style.setProperty("--media-tooltip-offset-x",`${v}px`);return}if(w>0){this.style.setProperty("--media-tooltip-offset-x",`${w}px`);return}this.style.removeProperty("--media-tooltip-offset-x")},!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=W(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}if(this.arrowEl=this.shadowRoot.querySelector("#arrow"),Object.prototype.hasOwnProperty.call(this,"placement")){let e=this.placement;delete this.placement,this.placement=e}}static get observedAttributes(){return[qt.PLACEMENT,qt.BOUNDS]}get placement(){return C(this,qt.PLACEMENT)}set placement(e){R(this,qt.PLACEMENT,e)}get bounds(){return C(this,qt.BOUNDS)}set bounds(e){R(this,qt.BOUNDS,e)}};Yt.shadowRootOptions={mode:"open"};Yt.getTemplateHTML=Gd;l.customElements.get("media-tooltip")||l.customElements.define("media-tooltip",Yt);var vs=Yt;var gs=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},V=(t,e,i)=>(gs(t,e,"read from private field"),i?i.call(t):e.get(t)),At=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Ua=(t,e,i,a)=>(gs(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),qo=(t,e,i)=>(gs(t,e,"access private method"),i),Ie,zt,Es,Yo,et,Qt,Pa,fs,Qo,je={TOOLTIP_PLACEMENT:"tooltipplacement",DISABLED:"disabled",NO_TOOLTIP:"notooltip"};function qd(t,e={}){return`
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
        <template shadowrootmode="${vs.shadowRootOptions.mode}">
          ${vs.getTemplateHTML({})}
        </template>
        <slot name="tooltip-content">
          ${this.getTooltipContentHTML(t)}
        </slot>
      </media-tooltip>
    </slot>
  `}function Yd(t,e){return`
    <slot></slot>
  `}function Qd(){return""}var z=class extends l.HTMLElement{constructor(){if(super(),At(this,Es),At(this,fs),At(this,Ie,void 0),this.preventClick=!1,this.tooltipEl=null,At(this,zt,e=>{this.preventClick||this.handleClick(e),setTimeout(V(this,et),0)}),At(this,et,()=>{var e,i;(i=(e=this.tooltipEl)==null?void 0:e.updateXOffset)==null||i.call(e)}),At(this,Qt,e=>{let{key:i}=e;if(!this.keysUsed.includes(i)){this.removeEventListener("keyup",V(this,Qt));return}this.preventClick||this.handleClick(e)}),At(this,Pa,e=>{let{metaKey:i,altKey:a,key:r}=e;if(i||a||!this.keysUsed.includes(r)){this.removeEventListener("keyup",V(this,Qt));return}this.addEventListener("keyup",V(this,Qt),{once:!0})}),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=W(this.attributes),i=this.constructor.getTemplateHTML(e);this.shadowRoot.setHTMLUnsafe?this.shadowRoot.setHTMLUnsafe(i):this.shadowRoot.innerHTML=i}this.tooltipEl=this.shadowRoot.querySelector("media-tooltip")}static get observedAttributes(){return["disabled",je.TOOLTIP_PLACEMENT,S.MEDIA_CONTROLLER,n.MEDIA_LANG]}enable(){this.addEventListener("click",V(this,zt)),this.addEventListener("keydown",V(this,Pa)),this.tabIndex=0}disable(){this.removeEventListener("click",V(this,zt)),this.removeEventListener("keydown",V(this,Pa)),this.removeEventListener("keyup",V(this,Qt)),this.tabIndex=-1}attributeChangedCallback(e,i,a){var r,s,o,d,c;e===S.MEDIA_CONTROLLER?(i&&((s=(r=V(this,Ie))==null?void 0:r.unassociateElement)==null||s.call(r,this),Ua(this,Ie,null)),a&&this.isConnected&&(Ua(this,Ie,(o=this.getRootNode())==null?void 0:o.getElementById(a)),(c=(d=V(this,Ie))==null?void 0:d.associateElement)==null||c.call(d,this))):e==="disabled"&&a!==i?a==null?this.enable():this.disable():e===je.TOOLTIP_PLACEMENT&&this.tooltipEl&&a!==i?this.tooltipEl.placement=a:e===n.MEDIA_LANG&&(this.shadowRoot.querySelector('slot[name="tooltip-content"]').innerHTML=this.constructor.getTooltipContentHTML()),qo(this,Es,Yo).call(this)&&V(this,et).call(this)}connectedCallback(){var e,i,a;let{style:r}=U(this.shadowRoot,":host");r.setProperty("display",`var(--media-control-display, var(--${this.localName}-display, inline-flex))`),this.hasAttribute("disabled")?this.disable():this.enable(),this.setAttribute("role","button");let s=this.getAttribute(S.MEDIA_CONTROLLER);s&&(Ua(this,Ie,(e=this.getRootNode())==null?void 0:e.getElementById(s)),(a=(i=V(this,Ie))==null?void 0:i.associateElement)==null||a.call(i,this)),l.customElements.whenDefined("media-tooltip").then(()=>qo(this,fs,Qo).call(this))}disconnectedCallback(){var e,i;this.disable(),(i=(e=V(this,Ie))==null?void 0:e.unassociateElement)==null||i.call(e,this),Ua(this,Ie,null),this.removeEventListener("mouseenter",V(this,et)),this.removeEventListener("focus",V(this,et)),this.removeEventListener("click",V(this,zt))}get keysUsed(){return["Enter"," "]}get tooltipPlacement(){return C(this,je.TOOLTIP_PLACEMENT)}set tooltipPlacement(e){R(this,je.TOOLTIP_PLACEMENT,e)}get mediaController(){return C(this,S.MEDIA_CONTROLLER)}set mediaController(e){R(this,S.MEDIA_CONTROLLER,e)}get disabled(){return y(this,je.DISABLED)}set disabled(e){I(this,je.DISABLED,e)}get noTooltip(){return y(this,je.NO_TOOLTIP)}set noTooltip(e){I(this,je.NO_TOOLTIP,e)}handleClick(e){}};Ie=new WeakMap;zt=new WeakMap;Es=new WeakSet;Yo=function(){try{return this.matches(":hover, :focus-visible")}catch{return this.matches(":hover, :focus")}};et=new WeakMap;Qt=new WeakMap;Pa=new WeakMap;fs=new WeakSet;Qo=function(){this.addEventListener("mouseenter",V(this,et)),this.addEventListener("focus",V(this,et)),this.addEventListener("click",V(this,zt));let t=this.tooltipPlacement;t&&this.tooltipEl&&(this.tooltipEl.placement=t)};z.shadowRootOptions={mode:"open"};z.getTemplateHTML=qd;z.getSlotTemplateHTML=Yd;z.getTooltipContentHTML=Qd;l.customElements.get("media-chrome-button")||l.customElements.define("media-chrome-button",z);var zd=`<svg aria-hidden="true" viewBox="0 0 26 24">
  <path d="M22.83 5.68a2.58 2.58 0 0 0-2.3-2.5c-3.62-.24-11.44-.24-15.06 0a2.58 2.58 0 0 0-2.3 2.5c-.23 4.21-.23 8.43 0 12.64a2.58 2.58 0 0 0 2.3 2.5c3.62.24 11.44.24 15.06 0a2.58 2.58 0 0 0 2.3-2.5c.23-4.21.23-8.43 0-12.64Zm-11.39 9.45a3.07 3.07 0 0 1-1.91.57 3.06 3.06 0 0 1-2.34-1 3.75 3.75 0 0 1-.92-2.67 3.92 3.92 0 0 1 .92-2.77 3.18 3.18 0 0 1 2.43-1 2.94 2.94 0 0 1 2.13.78c.364.359.62.813.74 1.31l-1.43.35a1.49 1.49 0 0 0-1.51-1.17 1.61 1.61 0 0 0-1.29.58 2.79 2.79 0 0 0-.5 1.89 3 3 0 0 0 .49 1.93 1.61 1.61 0 0 0 1.27.58 1.48 1.48 0 0 0 1-.37 2.1 2.1 0 0 0 .59-1.14l1.4.44a3.23 3.23 0 0 1-1.07 1.69Zm7.22 0a3.07 3.07 0 0 1-1.91.57 3.06 3.06 0 0 1-2.34-1 3.75 3.75 0 0 1-.92-2.67 3.88 3.88 0 0 1 .93-2.77 3.14 3.14 0 0 1 2.42-1 3 3 0 0 1 2.16.82 2.8 2.8 0 0 1 .73 1.31l-1.43.35a1.49 1.49 0 0 0-1.51-1.21 1.61 1.61 0 0 0-1.29.58A2.79 2.79 0 0 0 15 12a3 3 0 0 0 .49 1.93 1.61 1.61 0 0 0 1.27.58 1.44 1.44 0 0 0 1-.37 2.1 2.1 0 0 0 .6-1.15l1.4.44a3.17 3.17 0 0 1-1.1 1.7Z"/>
</svg>`,Zd=`<svg aria-hidden="true" viewBox="0 0 26 24">
  <path d="M17.73 14.09a1.4 1.4 0 0 1-1 .37 1.579 1.579 0 0 1-1.27-.58A3 3 0 0 1 15 12a2.8 2.8 0 0 1 .5-1.85 1.63 1.63 0 0 1 1.29-.57 1.47 1.47 0 0 1 1.51 1.2l1.43-.34A2.89 2.89 0 0 0 19 9.07a3 3 0 0 0-2.14-.78 3.14 3.14 0 0 0-2.42 1 3.91 3.91 0 0 0-.93 2.78 3.74 3.74 0 0 0 .92 2.66 3.07 3.07 0 0 0 2.34 1 3.07 3.07 0 0 0 1.91-.57 3.17 3.17 0 0 0 1.07-1.74l-1.4-.45c-.083.43-.3.822-.62 1.12Zm-7.22 0a1.43 1.43 0 0 1-1 .37 1.58 1.58 0 0 1-1.27-.58A3 3 0 0 1 7.76 12a2.8 2.8 0 0 1 .5-1.85 1.63 1.63 0 0 1 1.29-.57 1.47 1.47 0 0 1 1.51 1.2l1.43-.34a2.81 2.81 0 0 0-.74-1.32 2.94 2.94 0 0 0-2.13-.78 3.18 3.18 0 0 0-2.43 1 4 4 0 0 0-.92 2.78 3.74 3.74 0 0 0 .92 2.66 3.07 3.07 0 0 0 2.34 1 3.07 3.07 0 0 0 1.91-.57 3.23 3.23 0 0 0 1.07-1.74l-1.4-.45a2.06 2.06 0 0 1-.6 1.07Zm12.32-8.41a2.59 2.59 0 0 0-2.3-2.51C18.72 3.05 15.86 3 13 3c-2.86 0-5.72.05-7.53.17a2.59 2.59 0 0 0-2.3 2.51c-.23 4.207-.23 8.423 0 12.63a2.57 2.57 0 0 0 2.3 2.5c1.81.13 4.67.19 7.53.19 2.86 0 5.72-.06 7.53-.19a2.57 2.57 0 0 0 2.3-2.5c.23-4.207.23-8.423 0-12.63Zm-1.49 12.53a1.11 1.11 0 0 1-.91 1.11c-1.67.11-4.45.18-7.43.18-2.98 0-5.76-.07-7.43-.18a1.11 1.11 0 0 1-.91-1.11c-.21-4.14-.21-8.29 0-12.43a1.11 1.11 0 0 1 .91-1.11C7.24 4.56 10 4.49 13 4.49s5.76.07 7.43.18a1.11 1.11 0 0 1 .91 1.11c.21 4.14.21 8.29 0 12.43Z"/>
</svg>`;function Xd(t){return`
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
      <slot name="on">${zd}</slot>
      <slot name="off">${Zd}</slot>
    </slot>
  `}function Jd(){return`
    <slot name="tooltip-enable">${_("Enable captions")}</slot>
    <slot name="tooltip-disable">${_("Disable captions")}</slot>
  `}var zo=t=>{t.setAttribute("aria-checked",ka(t).toString())},Ri=class extends z{static get observedAttributes(){return[...super.observedAttributes,n.MEDIA_SUBTITLES_LIST,n.MEDIA_SUBTITLES_SHOWING]}connectedCallback(){super.connectedCallback(),this.setAttribute("role","button"),this.setAttribute("aria-label",_("closed captions")),zo(this)}attributeChangedCallback(e,i,a){super.attributeChangedCallback(e,i,a),e===n.MEDIA_SUBTITLES_SHOWING&&zo(this)}get mediaSubtitlesList(){return Zo(this,n.MEDIA_SUBTITLES_LIST)}set mediaSubtitlesList(e){Xo(this,n.MEDIA_SUBTITLES_LIST,e)}get mediaSubtitlesShowing(){return Zo(this,n.MEDIA_SUBTITLES_SHOWING)}set mediaSubtitlesShowing(e){Xo(this,n.MEDIA_SUBTITLES_SHOWING,e)}handleClick(){this.dispatchEvent(new l.CustomEvent(h.MEDIA_TOGGLE_SUBTITLES_REQUEST,{composed:!0,bubbles:!0}))}};Ri.getSlotTemplateHTML=Xd;Ri.getTooltipContentHTML=Jd;var Zo=(t,e)=>{let i=t.getAttribute(e);return i?Et(i):[]},Xo=(t,e,i)=>{if(!i?.length){t.removeAttribute(e);return}let a=$e(i);t.getAttribute(e)!==a&&t.setAttribute(e,a)};l.customElements.get("media-captions-button")||l.customElements.define("media-captions-button",Ri);var jo=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},jd=(t,e,i)=>(jo(t,e,"read from private field"),i?i.call(t):e.get(t)),ec=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},tc=(t,e,i,a)=>(jo(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),Na,ic=`<svg aria-hidden="true" viewBox="0 0 26 24">
  <path d="M16 3v2.5h3.5V9H22V3h-6ZM4 9h2.5V5.5H10V3H4v6Zm15.5 9.5H16V21h6v-6h-2.5v3.5ZM6.5 15H4v6h6v-2.5H6.5V15Z"/>
</svg>`,ac=`<svg aria-hidden="true" viewBox="0 0 26 24">
  <path d="M18.5 6.5V3H16v6h6V6.5h-3.5ZM16 21h2.5v-3.5H22V15h-6v6ZM4 17.5h3.5V21H10v-6H4v2.5Zm3.5-11H4V9h6V3H7.5v3.5Z"/>
</svg>`;function rc(t){return`
    <style>
      :host([${n.MEDIA_IS_FULLSCREEN}]) slot[name=icon] slot:not([name=exit]) {
        display: none !important;
      }

      
      :host(:not([${n.MEDIA_IS_FULLSCREEN}])) slot[name=icon] slot:not([name=enter]) {
        display: none !important;
      }

      :host([${n.MEDIA_IS_FULLSCREEN}]) slot[name=tooltip-enter],
      :host(:not([${n.MEDIA_IS_FULLSCREEN}])) slot[name=tooltip-exit] {
        display: none;
      }
    </style>

    <slot name="icon">
      <slot name="enter">${ic}</slot>
      <slot name="exit">${ac}</slot>
    </slot>
  `}function sc(){return`
    <slot name="tooltip-enter">${_("Enter fullscreen mode")}</slot>
    <slot name="tooltip-exit">${_("Exit fullscreen mode")}</slot>
  `}var Jo=t=>{let e=t.mediaIsFullscreen?_("exit fullscreen mode"):_("enter fullscreen mode");t.setAttribute("aria-label",e)},Di=class extends z{constructor(){super(...arguments),ec(this,Na,null)}static get observedAttributes(){return[...super.observedAttributes,n.MEDIA_IS_FULLSCREEN,n.MEDIA_FULLSCREEN_UNAVAILABLE]}connectedCallback(){super.connectedCallback(),Jo(this)}attributeChangedCallback(e,i,a){super.attributeChangedCallback(e,i,a),e===n.MEDIA_IS_FULLSCREEN&&Jo(this)}get mediaFullscreenUnavailable(){return C(this,n.MEDIA_FULLSCREEN_UNAVAILABLE)}set mediaFullscreenUnavailable(e){R(this,n.MEDIA_FULLSCREEN_UNAVAILABLE,e)}get mediaIsFullscreen(){return y(this,n.MEDIA_IS_FULLSCREEN)}set mediaIsFullscreen(e){I(this,n.MEDIA_IS_FULLSCREEN,e)}handleClick(e){tc(this,Na,e);let i=jd(this,Na)instanceof PointerEvent,a=this.mediaIsFullscreen?new l.CustomEvent(h.MEDIA_EXIT_FULLSCREEN_REQUEST,{composed:!0,bubbles:!0}):new l.CustomEvent(h.MEDIA_ENTER_FULLSCREEN_REQUEST,{composed:!0,bubbles:!0,detail:i});this.dispatchEvent(a)}};Na=new WeakMap;Di.getSlotTemplateHTML=rc;Di.getTooltipContentHTML=sc;l.customElements.get("media-fullscreen-button")||l.customElements.define("media-fullscreen-button",Di);var tl=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Ci=(t,e,i)=>(tl(t,e,"read from private field"),i?i.call(t):e.get(t)),el=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},xi=(t,e,i,a)=>(tl(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),we,Wa,Ha={LOADING_DELAY:"loadingdelay",NO_AUTOHIDE:"noautohide"},il=500,nc=`
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
`;function oc(t){return`
    <style>
      :host {
        display: var(--media-control-display, var(--media-loading-indicator-display, inline-block));
        vertical-align: middle;
        box-sizing: border-box;
        --_loading-indicator-delay: var(--media-loading-indicator-transition-delay, ${il}ms);
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

      :host([${n.MEDIA_LOADING}]:not([${n.MEDIA_PAUSED}])) slot[name=icon] > *,
      :host([${n.MEDIA_LOADING}]:not([${n.MEDIA_PAUSED}])) ::slotted([slot=icon]) {
        opacity: var(--media-loading-indicator-opacity, 1);
        transition: opacity 0.15s var(--_loading-indicator-delay);
      }

      :host #status {
        visibility: var(--media-loading-indicator-opacity, hidden);
        transition: visibility 0.15s;
      }

      :host([${n.MEDIA_LOADING}]:not([${n.MEDIA_PAUSED}])) #status {
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

    <slot name="icon">${nc}</slot>
    <div id="status" role="status" aria-live="polite">${_("media loading")}</div>
  `}var Oi=class extends l.HTMLElement{constructor(){if(super(),el(this,we,void 0),el(this,Wa,il),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=W(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}}static get observedAttributes(){return[S.MEDIA_CONTROLLER,n.MEDIA_PAUSED,n.MEDIA_LOADING,Ha.LOADING_DELAY]}attributeChangedCallback(e,i,a){var r,s,o,d,c;e===Ha.LOADING_DELAY&&i!==a?this.loadingDelay=Number(a):e===S.MEDIA_CONTROLLER&&(i&&((s=(r=Ci(this,we))==null?void 0:r.unassociateElement)==null||s.call(r,this),xi(this,we,null)),a&&this.isConnected&&(xi(this,we,(o=this.getRootNode())==null?void 0:o.getElementById(a)),(c=(d=Ci(this,we))==null?void 0:d.associateElement)==null||c.call(d,this)))}connectedCallback(){var e,i,a;let r=this.getAttribute(S.MEDIA_CONTROLLER);r&&(xi(this,we,(e=this.getRootNode())==null?void 0:e.getElementById(r)),(a=(i=Ci(this,we))==null?void 0:i.associateElement)==null||a.call(i,this))}disconnectedCallback(){var e,i;(i=(e=Ci(this,we))==null?void 0:e.unassociateElement)==null||i.call(e,this),xi(this,we,null)}get loadingDelay(){return Ci(this,Wa)}set loadingDelay(e){xi(this,Wa,e);let{style:i}=U(this.shadowRoot,":host");i.setProperty("--_loading-indicator-delay",`var(--media-loading-indicator-transition-delay, ${e}ms)`)}get mediaPaused(){return y(this,n.MEDIA_PAUSED)}set mediaPaused(e){I(this,n.MEDIA_PAUSED,e)}get mediaLoading(){return y(this,n.MEDIA_LOADING)}set mediaLoading(e){I(this,n.MEDIA_LOADING,e)}get mediaController(){return C(this,S.MEDIA_CONTROLLER)}set mediaController(e){R(this,S.MEDIA_CONTROLLER,e)}get noAutohide(){return y(this,Ha.NO_AUTOHIDE)}set noAutohide(e){I(this,Ha.NO_AUTOHIDE,e)}};we=new WeakMap;Wa=new WeakMap;Oi.shadowRootOptions={mode:"open"};Oi.getTemplateHTML=oc;l.customElements.get("media-loading-indicator")||l.customElements.define("media-loading-indicator",Oi);var lc=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="M16.5 12A4.5 4.5 0 0 0 14 8v2.18l2.45 2.45a4.22 4.22 0 0 0 .05-.63Zm2.5 0a6.84 6.84 0 0 1-.54 2.64L20 16.15A8.8 8.8 0 0 0 21 12a9 9 0 0 0-7-8.77v2.06A7 7 0 0 1 19 12ZM4.27 3 3 4.27 7.73 9H3v6h4l5 5v-6.73l4.25 4.25A6.92 6.92 0 0 1 14 18.7v2.06A9 9 0 0 0 17.69 19l2 2.05L21 19.73l-9-9L4.27 3ZM12 4 9.91 6.09 12 8.18V4Z"/>
</svg>`,al=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="M3 9v6h4l5 5V4L7 9H3Zm13.5 3A4.5 4.5 0 0 0 14 8v8a4.47 4.47 0 0 0 2.5-4Z"/>
</svg>`,dc=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="M3 9v6h4l5 5V4L7 9H3Zm13.5 3A4.5 4.5 0 0 0 14 8v8a4.47 4.47 0 0 0 2.5-4ZM14 3.23v2.06a7 7 0 0 1 0 13.42v2.06a9 9 0 0 0 0-17.54Z"/>
</svg>`;function cc(t){return`
    <style>
      :host(:not([${n.MEDIA_VOLUME_LEVEL}])) slot[name=icon] slot:not([name=high]),
      :host([${n.MEDIA_VOLUME_LEVEL}=high]) slot[name=icon] slot:not([name=high]) {
        display: none !important;
      }

      :host([${n.MEDIA_VOLUME_LEVEL}=off]) slot[name=icon] slot:not([name=off]) {
        display: none !important;
      }

      :host([${n.MEDIA_VOLUME_LEVEL}=low]) slot[name=icon] slot:not([name=low]) {
        display: none !important;
      }

      :host([${n.MEDIA_VOLUME_LEVEL}=medium]) slot[name=icon] slot:not([name=medium]) {
        display: none !important;
      }

      :host(:not([${n.MEDIA_VOLUME_LEVEL}=off])) slot[name=tooltip-unmute],
      :host([${n.MEDIA_VOLUME_LEVEL}=off]) slot[name=tooltip-mute] {
        display: none;
      }
    </style>

    <slot name="icon">
      <slot name="off">${lc}</slot>
      <slot name="low">${al}</slot>
      <slot name="medium">${al}</slot>
      <slot name="high">${dc}</slot>
    </slot>
  `}function uc(){return`
    <slot name="tooltip-mute">${_("Mute")}</slot>
    <slot name="tooltip-unmute">${_("Unmute")}</slot>
  `}var rl=t=>{let i=t.mediaVolumeLevel==="off"?_("unmute"):_("mute");t.setAttribute("aria-label",i)},Ui=class extends z{static get observedAttributes(){return[...super.observedAttributes,n.MEDIA_VOLUME_LEVEL]}connectedCallback(){super.connectedCallback(),rl(this)}attributeChangedCallback(e,i,a){super.attributeChangedCallback(e,i,a),e===n.MEDIA_VOLUME_LEVEL&&rl(this)}get mediaVolumeLevel(){return C(this,n.MEDIA_VOLUME_LEVEL)}set mediaVolumeLevel(e){R(this,n.MEDIA_VOLUME_LEVEL,e)}handleClick(){let e=this.mediaVolumeLevel==="off"?h.MEDIA_UNMUTE_REQUEST:h.MEDIA_MUTE_REQUEST;this.dispatchEvent(new l.CustomEvent(e,{composed:!0,bubbles:!0}))}};Ui.getSlotTemplateHTML=cc;Ui.getTooltipContentHTML=uc;l.customElements.get("media-mute-button")||l.customElements.define("media-mute-button",Ui);var hc=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="m6 21 15-9L6 3v18Z"/>
</svg>`,mc=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="M6 20h4V4H6v16Zm8-16v16h4V4h-4Z"/>
</svg>`;function pc(t){return`
    <style>
      :host([${n.MEDIA_PAUSED}]) slot[name=pause],
      :host(:not([${n.MEDIA_PAUSED}])) slot[name=play] {
        display: none !important;
      }

      :host([${n.MEDIA_PAUSED}]) slot[name=tooltip-pause],
      :host(:not([${n.MEDIA_PAUSED}])) slot[name=tooltip-play] {
        display: none;
      }
    </style>

    <slot name="icon">
      <slot name="play">${hc}</slot>
      <slot name="pause">${mc}</slot>
    </slot>
  `}function vc(){return`
    <slot name="tooltip-play">${_("Play")}</slot>
    <slot name="tooltip-pause">${_("Pause")}</slot>
  `}var sl=t=>{let e=t.mediaPaused?_("play"):_("pause");t.setAttribute("aria-label",e)},Pi=class extends z{static get observedAttributes(){return[...super.observedAttributes,n.MEDIA_PAUSED,n.MEDIA_ENDED]}connectedCallback(){super.connectedCallback(),sl(this)}attributeChangedCallback(e,i,a){super.attributeChangedCallback(e,i,a),(e===n.MEDIA_PAUSED||e===n.MEDIA_LANG)&&sl(this)}get mediaPaused(){return y(this,n.MEDIA_PAUSED)}set mediaPaused(e){I(this,n.MEDIA_PAUSED,e)}handleClick(){let e=this.mediaPaused?h.MEDIA_PLAY_REQUEST:h.MEDIA_PAUSE_REQUEST;this.dispatchEvent(new l.CustomEvent(e,{composed:!0,bubbles:!0}))}};Pi.getSlotTemplateHTML=pc;Pi.getTooltipContentHTML=vc;l.customElements.get("media-play-button")||l.customElements.define("media-play-button",Pi);var nl=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Ba=(t,e,i)=>(nl(t,e,"read from private field"),i?i.call(t):e.get(t)),Ec=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Fa=(t,e,i,a)=>(nl(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),Le;function fc(t,e={}){return`
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
  `}function gc(t,e){return`
    <slot></slot>
  `}var ce=class extends l.HTMLElement{constructor(){if(super(),Ec(this,Le,void 0),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=W(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}}static get observedAttributes(){return[S.MEDIA_CONTROLLER]}attributeChangedCallback(e,i,a){var r,s,o,d,c;e===S.MEDIA_CONTROLLER&&(i&&((s=(r=Ba(this,Le))==null?void 0:r.unassociateElement)==null||s.call(r,this),Fa(this,Le,null)),a&&this.isConnected&&(Fa(this,Le,(o=this.getRootNode())==null?void 0:o.getElementById(a)),(c=(d=Ba(this,Le))==null?void 0:d.associateElement)==null||c.call(d,this)))}connectedCallback(){var e,i,a;let{style:r}=U(this.shadowRoot,":host");r.setProperty("display",`var(--media-control-display, var(--${this.localName}-display, inline-flex))`);let s=this.getAttribute(S.MEDIA_CONTROLLER);s&&(Fa(this,Le,(e=this.getRootNode())==null?void 0:e.getElementById(s)),(a=(i=Ba(this,Le))==null?void 0:i.associateElement)==null||a.call(i,this))}disconnectedCallback(){var e,i;(i=(e=Ba(this,Le))==null?void 0:e.unassociateElement)==null||i.call(e,this),Fa(this,Le,null)}};Le=new WeakMap;ce.shadowRootOptions={mode:"open"};ce.getTemplateHTML=fc;ce.getSlotTemplateHTML=gc;l.customElements.get("media-text-display")||l.customElements.define("media-text-display",ce);var ol=[{singular:"hour",plural:"hours"},{singular:"minute",plural:"minutes"},{singular:"second",plural:"seconds"}],ll=(t,e)=>{let i=t===1?_(ol[e].singular):_(ol[e].plural);return`${t} ${i}`},Tt=t=>{if(!Vt(t))return"";let e=Math.abs(t),i=e!==t,a=new Date(0,0,0,0,0,e,0),s=[a.getHours(),a.getMinutes(),a.getSeconds()].map((o,d)=>o&&ll(o,d)).filter(o=>o).join(", ");return i?_("{time} remaining",{time:s}):e===0?ll(0,2):s};function St(t,e){let i=!1;t<0&&(i=!0,t=0-t),t=t<0?0:t;let a=Math.floor(t%60),r=Math.floor(t/60%60),s=Math.floor(t/3600),o=Math.floor(e/60%60),d=Math.floor(e/3600);return(isNaN(t)||t===1/0)&&(s=r=a="0"),s=s>0||d>0?s+":":"",r=((s||o>=10)&&r<10?"0"+r:r)+":",a=a<10?"0"+a:a,(i?"-":"")+s+r+a}var _m=Object.freeze({length:0,start(t){let e=t>>>0;if(e>=this.length)throw new DOMException(`Failed to execute 'start' on 'TimeRanges': The index provided (${e}) is greater than or equal to the maximum bound (${this.length}).`);return 0},end(t){let e=t>>>0;if(e>=this.length)throw new DOMException(`Failed to execute 'end' on 'TimeRanges': The index provided (${e}) is greater than or equal to the maximum bound (${this.length}).`);return 0}});var As=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},be=(t,e,i)=>(As(t,e,"read from private field"),i?i.call(t):e.get(t)),kt=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Ts=(t,e,i,a)=>(As(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),it=(t,e,i)=>(As(t,e,"access private method"),i),Zt,Me,qa,Ss,cl,Ka,ks,Ni,$a,Va,_s,tt={REMAINING:"remaining",SHOW_DURATION:"showduration",NO_TOGGLE:"notoggle"},dl=[...Object.values(tt),n.MEDIA_CURRENT_TIME,n.MEDIA_DURATION,n.MEDIA_SEEKABLE],ul=["Enter"," "],_c="&nbsp;/&nbsp;",bs=(t,{timesSep:e=_c}={})=>{var i,a;let r=(i=t.mediaCurrentTime)!=null?i:0,[,s]=(a=t.mediaSeekable)!=null?a:[],o=0;Number.isFinite(t.mediaDuration)?o=t.mediaDuration:Number.isFinite(s)&&(o=s);let d=t.remaining?St(0-(o-r)):St(r);return t.showDuration?`${d}${e}${St(o)}`:d},bc=t=>{var e;let i=t.mediaCurrentTime,[,a]=(e=t.mediaSeekable)!=null?e:[],r=null;if(Number.isFinite(t.mediaDuration)?r=t.mediaDuration:Number.isFinite(a)&&(r=a),i==null||r===null){t.setAttribute("aria-description",_("video not loaded, unknown time."));return}let s=t.remaining?Tt(0-(r-i)):Tt(i);if(!t.showDuration){t.setAttribute("aria-description",s);return}let o=Tt(r),d=_("{currentTime} of {totalTime}",{currentTime:s,totalTime:o});t.setAttribute("aria-description",d)};function Ac(t,e){return`
    <slot>${bs(e)}</slot>
  `}var Tc=t=>{t.setAttribute("aria-label",_("playback time"))},Ga=class extends ce{constructor(){super(),kt(this,Ss),kt(this,Ka),kt(this,Ni),kt(this,Va),kt(this,Zt,void 0),kt(this,Me,null),kt(this,qa,e=>{let{metaKey:i,altKey:a,key:r}=e;if(i||a||!ul.includes(r)){this.removeEventListener("keyup",be(this,Me));return}this.addEventListener("keyup",be(this,Me))}),Ts(this,Zt,this.shadowRoot.querySelector("slot")),be(this,Zt).innerHTML=`${bs(this)}`}static get observedAttributes(){return[...super.observedAttributes,...dl,"disabled"]}connectedCallback(){let{style:e}=U(this.shadowRoot,":host(:hover:not([notoggle]))");e.setProperty("cursor","var(--media-cursor, pointer)"),e.setProperty("background","var(--media-control-hover-background, rgba(50 50 70 / .7))"),this.setAttribute("aria-label",_("playback time")),it(this,Ni,$a).call(this),super.connectedCallback()}toggleTimeDisplay(){this.noToggle||(this.hasAttribute("remaining")?this.removeAttribute("remaining"):this.setAttribute("remaining",""))}disconnectedCallback(){this.disable(),it(this,Ka,ks).call(this),super.disconnectedCallback()}attributeChangedCallback(e,i,a){Tc(this),dl.includes(e)?this.update():e==="disabled"&&a!==i?a==null?it(this,Ni,$a).call(this):it(this,Va,_s).call(this):e===tt.NO_TOGGLE&&a!==i&&(this.noToggle?it(this,Va,_s).call(this):it(this,Ni,$a).call(this)),super.attributeChangedCallback(e,i,a)}enable(){this.noToggle||(this.tabIndex=0)}disable(){this.tabIndex=-1}get remaining(){return y(this,tt.REMAINING)}set remaining(e){I(this,tt.REMAINING,e)}get showDuration(){return y(this,tt.SHOW_DURATION)}set showDuration(e){I(this,tt.SHOW_DURATION,e)}get noToggle(){return y(this,tt.NO_TOGGLE)}set noToggle(e){I(this,tt.NO_TOGGLE,e)}get mediaDuration(){return X(this,n.MEDIA_DURATION)}set mediaDuration(e){J(this,n.MEDIA_DURATION,e)}get mediaCurrentTime(){return X(this,n.MEDIA_CURRENT_TIME)}set mediaCurrentTime(e){J(this,n.MEDIA_CURRENT_TIME,e)}get mediaSeekable(){let e=this.getAttribute(n.MEDIA_SEEKABLE);if(e)return e.split(":").map(i=>+i)}set mediaSeekable(e){if(e==null){this.removeAttribute(n.MEDIA_SEEKABLE);return}this.setAttribute(n.MEDIA_SEEKABLE,e.join(":"))}update(){let e=bs(this);bc(this),e!==be(this,Zt).innerHTML&&(be(this,Zt).innerHTML=e)}};Zt=new WeakMap;Me=new WeakMap;qa=new WeakMap;Ss=new WeakSet;cl=function(){be(this,Me)||(Ts(this,Me,t=>{let{key:e}=t;if(!ul.includes(e)){this.removeEventListener("keyup",be(this,Me));return}this.toggleTimeDisplay()}),this.addEventListener("keydown",be(this,qa)),this.addEventListener("click",this.toggleTimeDisplay))};Ka=new WeakSet;ks=function(){be(this,Me)&&(this.removeEventListener("keyup",be(this,Me)),this.removeEventListener("keydown",be(this,qa)),this.removeEventListener("click",this.toggleTimeDisplay),Ts(this,Me,null))};Ni=new WeakSet;$a=function(){!this.noToggle&&!this.hasAttribute("disabled")&&(this.setAttribute("role","button"),this.enable(),it(this,Ss,cl).call(this))};Va=new WeakSet;_s=function(){this.removeAttribute("role"),this.disable(),it(this,Ka,ks).call(this)};Ga.getSlotTemplateHTML=Ac;l.customElements.get("media-time-display")||l.customElements.define("media-time-display",Ga);var Ds=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},B=(t,e,i)=>(Ds(t,e,"read from private field"),i?i.call(t):e.get(t)),Z=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},at=(t,e,i,a)=>(Ds(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),Ae=(t,e,i)=>(Ds(t,e,"access private method"),i),Re,ir,Ya,Qa,Te,er,za,Za,Xa,Cs,hl,Ja,ys,ja,Is,tr,xs,ws,ml,Ls,pl,Ms,vl,Rs,El;function Sc(t){return`
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
  `}function kc(t){return""}var De=class extends l.HTMLElement{constructor(){if(super(),Z(this,Cs),Z(this,Ja),Z(this,ja),Z(this,tr),Z(this,ws),Z(this,Ls),Z(this,Ms),Z(this,Rs),Z(this,Re,void 0),Z(this,ir,void 0),Z(this,Ya,void 0),Z(this,Qa,void 0),Z(this,Te,{}),Z(this,er,[]),Z(this,za,()=>{if(this.range.matches(":focus-visible")){let{style:e}=U(this.shadowRoot,":host");e.setProperty("--_focus-visible-box-shadow","var(--_focus-box-shadow)")}}),Z(this,Za,()=>{let{style:e}=U(this.shadowRoot,":host");e.removeProperty("--_focus-visible-box-shadow")}),Z(this,Xa,()=>{let e=this.shadowRoot.querySelector("#segments-clipping");e&&e.parentNode.append(e)}),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=W(this.attributes),i=this.constructor.getTemplateHTML(e);this.shadowRoot.setHTMLUnsafe?this.shadowRoot.setHTMLUnsafe(i):this.shadowRoot.innerHTML=i}this.container=this.shadowRoot.querySelector("#container"),at(this,Ya,this.shadowRoot.querySelector("#startpoint")),at(this,Qa,this.shadowRoot.querySelector("#endpoint")),this.range=this.shadowRoot.querySelector("#range"),this.appearance=this.shadowRoot.querySelector("#appearance")}static get observedAttributes(){return["disabled","aria-disabled",S.MEDIA_CONTROLLER]}attributeChangedCallback(e,i,a){var r,s,o,d,c;e===S.MEDIA_CONTROLLER?(i&&((s=(r=B(this,Re))==null?void 0:r.unassociateElement)==null||s.call(r,this),at(this,Re,null)),a&&this.isConnected&&(at(this,Re,(o=this.getRootNode())==null?void 0:o.getElementById(a)),(c=(d=B(this,Re))==null?void 0:d.associateElement)==null||c.call(d,this))):(e==="disabled"||e==="aria-disabled"&&i!==a)&&(a==null?(this.range.removeAttribute(e),Ae(this,Ja,ys).call(this)):(this.range.setAttribute(e,a),Ae(this,ja,Is).call(this)))}connectedCallback(){var e,i,a;let{style:r}=U(this.shadowRoot,":host");r.setProperty("display",`var(--media-control-display, var(--${this.localName}-display, inline-flex))`),B(this,Te).pointer=U(this.shadowRoot,"#pointer"),B(this,Te).progress=U(this.shadowRoot,"#progress"),B(this,Te).thumb=U(this.shadowRoot,'#thumb, ::slotted([slot="thumb"])'),B(this,Te).activeSegment=U(this.shadowRoot,"#segments-clipping rect:nth-child(0)");let s=this.getAttribute(S.MEDIA_CONTROLLER);s&&(at(this,Re,(e=this.getRootNode())==null?void 0:e.getElementById(s)),(a=(i=B(this,Re))==null?void 0:i.associateElement)==null||a.call(i,this)),this.updateBar(),this.shadowRoot.addEventListener("focusin",B(this,za)),this.shadowRoot.addEventListener("focusout",B(this,Za)),Ae(this,Ja,ys).call(this),He(this.container,B(this,Xa))}disconnectedCallback(){var e,i;Ae(this,ja,Is).call(this),(i=(e=B(this,Re))==null?void 0:e.unassociateElement)==null||i.call(e,this),at(this,Re,null),this.shadowRoot.removeEventListener("focusin",B(this,za)),this.shadowRoot.removeEventListener("focusout",B(this,Za)),We(this.container,B(this,Xa))}updatePointerBar(e){var i;(i=B(this,Te).pointer)==null||i.style.setProperty("width",`${this.getPointerRatio(e)*100}%`)}updateBar(){var e,i;let a=this.range.valueAsNumber*100;(e=B(this,Te).progress)==null||e.style.setProperty("width",`${a}%`),(i=B(this,Te).thumb)==null||i.style.setProperty("left",`${a}%`)}updateSegments(e){let i=this.shadowRoot.querySelector("#segments-clipping");if(i.textContent="",this.container.classList.toggle("segments",!!e?.length),!e?.length)return;let a=[...new Set([+this.range.min,...e.flatMap(s=>[s.start,s.end]),+this.range.max])];at(this,er,[...a]);let r=a.pop();for(let[s,o]of a.entries()){let[d,c]=[s===0,s===a.length-1],g=d?"calc(var(--segments-gap) / -1)":`${o*100}%`,A=`calc(${((c?r:a[s+1])-o)*100}%${d||c?"":" - var(--segments-gap)"})`,E=P.createElementNS("http://www.w3.org/2000/svg","rect"),m=Ei(this.shadowRoot,`#segments-clipping rect:nth-child(${s+1})`);m.style.setProperty("x",g),m.style.setProperty("width",A),i.append(E)}}getPointerRatio(e){return io(e.clientX,e.clientY,B(this,Ya).getBoundingClientRect(),B(this,Qa).getBoundingClientRect())}get dragging(){return this.hasAttribute("dragging")}handleEvent(e){switch(e.type){case"pointermove":Ae(this,Rs,El).call(this,e);break;case"input":this.updateBar();break;case"pointerenter":Ae(this,ws,ml).call(this,e);break;case"pointerdown":Ae(this,tr,xs).call(this,e);break;case"pointerup":Ae(this,Ls,pl).call(this);break;case"pointerleave":Ae(this,Ms,vl).call(this);break}}get keysUsed(){return["ArrowUp","ArrowRight","ArrowDown","ArrowLeft"]}};Re=new WeakMap;ir=new WeakMap;Ya=new WeakMap;Qa=new WeakMap;Te=new WeakMap;er=new WeakMap;za=new WeakMap;Za=new WeakMap;Xa=new WeakMap;Cs=new WeakSet;hl=function(t){let e=B(this,Te).activeSegment;if(!e)return;let i=this.getPointerRatio(t),r=`#segments-clipping rect:nth-child(${B(this,er).findIndex((s,o,d)=>{let c=d[o+1];return c!=null&&i>=s&&i<=c})+1})`;(e.selectorText!=r||!e.style.transform)&&(e.selectorText=r,e.style.setProperty("transform","var(--media-range-segment-hover-transform, scaleY(2))"))};Ja=new WeakSet;ys=function(){this.hasAttribute("disabled")||!this.isConnected||(this.addEventListener("input",this),this.addEventListener("pointerdown",this),this.addEventListener("pointerenter",this))};ja=new WeakSet;Is=function(){var t,e;this.removeEventListener("input",this),this.removeEventListener("pointerdown",this),this.removeEventListener("pointerenter",this),this.removeEventListener("pointerleave",this),(t=l.window)==null||t.removeEventListener("pointerup",this),(e=l.window)==null||e.removeEventListener("pointermove",this)};tr=new WeakSet;xs=function(t){var e;at(this,ir,t.composedPath().includes(this.range)),(e=l.window)==null||e.addEventListener("pointerup",this,{once:!0})};ws=new WeakSet;ml=function(t){var e;t.pointerType!=="mouse"&&Ae(this,tr,xs).call(this,t),this.addEventListener("pointerleave",this,{once:!0}),(e=l.window)==null||e.addEventListener("pointermove",this)};Ls=new WeakSet;pl=function(){var t;(t=l.window)==null||t.removeEventListener("pointerup",this),this.toggleAttribute("dragging",!1),this.range.disabled=this.hasAttribute("disabled")};Ms=new WeakSet;vl=function(){var t,e;this.removeEventListener("pointerleave",this),(t=l.window)==null||t.removeEventListener("pointermove",this),this.toggleAttribute("dragging",!1),this.range.disabled=this.hasAttribute("disabled"),(e=B(this,Te).activeSegment)==null||e.style.removeProperty("transform")};Rs=new WeakSet;El=function(t){t.pointerType==="pen"&&t.buttons===0||(this.toggleAttribute("dragging",t.buttons===1||t.pointerType!=="mouse"),this.updatePointerBar(t),Ae(this,Cs,hl).call(this,t),this.dragging&&(t.pointerType!=="mouse"||!B(this,ir))&&(this.range.disabled=!0,this.range.valueAsNumber=this.getPointerRatio(t),this.range.dispatchEvent(new Event("input",{bubbles:!0,composed:!0}))))};De.shadowRootOptions={mode:"open"};De.getTemplateHTML=Sc;De.getContainerTemplateHTML=kc;l.customElements.get("media-chrome-range")||l.customElements.define("media-chrome-range",De);var fl=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},ar=(t,e,i)=>(fl(t,e,"read from private field"),i?i.call(t):e.get(t)),yc=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},rr=(t,e,i,a)=>(fl(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),Ce;function Ic(t){return`
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
  `}var Xt=class extends l.HTMLElement{constructor(){if(super(),yc(this,Ce,void 0),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=W(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}}static get observedAttributes(){return[S.MEDIA_CONTROLLER,n.MEDIA_PREVIEW_IMAGE,n.MEDIA_PREVIEW_COORDS]}connectedCallback(){var e,i,a;let r=this.getAttribute(S.MEDIA_CONTROLLER);r&&(rr(this,Ce,(e=this.getRootNode())==null?void 0:e.getElementById(r)),(a=(i=ar(this,Ce))==null?void 0:i.associateElement)==null||a.call(i,this))}disconnectedCallback(){var e,i;(i=(e=ar(this,Ce))==null?void 0:e.unassociateElement)==null||i.call(e,this),rr(this,Ce,null)}attributeChangedCallback(e,i,a){var r,s,o,d,c;[n.MEDIA_PREVIEW_IMAGE,n.MEDIA_PREVIEW_COORDS].includes(e)&&this.update(),e===S.MEDIA_CONTROLLER&&(i&&((s=(r=ar(this,Ce))==null?void 0:r.unassociateElement)==null||s.call(r,this),rr(this,Ce,null)),a&&this.isConnected&&(rr(this,Ce,(o=this.getRootNode())==null?void 0:o.getElementById(a)),(c=(d=ar(this,Ce))==null?void 0:d.associateElement)==null||c.call(d,this)))}get mediaPreviewImage(){return C(this,n.MEDIA_PREVIEW_IMAGE)}set mediaPreviewImage(e){R(this,n.MEDIA_PREVIEW_IMAGE,e)}get mediaPreviewCoords(){let e=this.getAttribute(n.MEDIA_PREVIEW_COORDS);if(e)return e.split(/\s+/).map(i=>+i)}set mediaPreviewCoords(e){if(!e){this.removeAttribute(n.MEDIA_PREVIEW_COORDS);return}this.setAttribute(n.MEDIA_PREVIEW_COORDS,e.join(" "))}update(){let e=this.mediaPreviewCoords,i=this.mediaPreviewImage;if(!(e&&i))return;let[a,r,s,o]=e,d=i.split("#")[0],c=getComputedStyle(this),{maxWidth:g,maxHeight:T,minWidth:A,minHeight:E}=c,m=c.getPropertyValue("--media-preview-thumbnail-object-fit").trim()||"contain",b,v;if(m==="fill"){let Pe=parseInt(g)/s,Ne=parseInt(T)/o,hi=parseInt(A)/s,lt=parseInt(E)/o;b=Pe<1?Pe:Math.max(Pe,hi),v=Ne<1?Ne:Math.max(Ne,lt)}else{let Pe=Math.min(parseInt(g)/s,parseInt(T)/o),Ne=Math.max(parseInt(A)/s,parseInt(E)/o),lt=Pe<1?Pe:Ne>1?Ne:1;b=lt,v=lt}let{style:w}=U(this.shadowRoot,":host"),k=U(this.shadowRoot,"img").style,j=this.shadowRoot.querySelector("img"),ui=Math.min(b,v)<1?"min":"max";w.setProperty(`${ui}-width`,"initial","important"),w.setProperty(`${ui}-height`,"initial","important"),w.width=`${s*b}px`,w.height=`${o*v}px`;let Lt=()=>{k.width=`${this.imgWidth*b}px`,k.height=`${this.imgHeight*v}px`,k.display="block"};j.src!==d&&(j.onload=()=>{this.imgWidth=j.naturalWidth,this.imgHeight=j.naturalHeight,Lt(),j.onload=null},j.src=d,Lt()),Lt(),k.transform=`translate(-${a*b}px, -${r*v}px)`}};Ce=new WeakMap;Xt.shadowRootOptions={mode:"open"};Xt.getTemplateHTML=Ic;l.customElements.get("media-preview-thumbnail")||l.customElements.define("media-preview-thumbnail",Xt);var Os=Xt;var _l=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},gl=(t,e,i)=>(_l(t,e,"read from private field"),i?i.call(t):e.get(t)),wc=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Lc=(t,e,i,a)=>(_l(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),Hi,Us=class extends ce{constructor(){super(),wc(this,Hi,void 0),Lc(this,Hi,this.shadowRoot.querySelector("slot")),gl(this,Hi).textContent=St(0)}static get observedAttributes(){return[...super.observedAttributes,n.MEDIA_PREVIEW_TIME]}attributeChangedCallback(e,i,a){super.attributeChangedCallback(e,i,a),e===n.MEDIA_PREVIEW_TIME&&a!=null&&(gl(this,Hi).textContent=St(parseFloat(a)))}get mediaPreviewTime(){return X(this,n.MEDIA_PREVIEW_TIME)}set mediaPreviewTime(e){J(this,n.MEDIA_PREVIEW_TIME,e)}};Hi=new WeakMap;l.customElements.get("media-preview-time-display")||l.customElements.define("media-preview-time-display",Us);var bl=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Mc=(t,e,i)=>(bl(t,e,"read from private field"),i?i.call(t):e.get(t)),Rc=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Dc=(t,e,i,a)=>(bl(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),sr,Ps=class extends ce{constructor(){super(),Rc(this,sr,void 0),Dc(this,sr,this.shadowRoot.querySelector("slot"))}static get observedAttributes(){return[...super.observedAttributes,n.MEDIA_PREVIEW_CHAPTER,n.MEDIA_LANG]}attributeChangedCallback(e,i,a){if(super.attributeChangedCallback(e,i,a),(e===n.MEDIA_PREVIEW_CHAPTER||e===n.MEDIA_LANG)&&a!==i&&a!=null)if(Mc(this,sr).textContent=a,a!==""){let r=_("chapter: {chapterName}",{chapterName:a});this.setAttribute("aria-valuetext",r)}else this.removeAttribute("aria-valuetext")}get mediaPreviewChapter(){return C(this,n.MEDIA_PREVIEW_CHAPTER)}set mediaPreviewChapter(e){R(this,n.MEDIA_PREVIEW_CHAPTER,e)}};sr=new WeakMap;l.customElements.get("media-preview-chapter-display")||l.customElements.define("media-preview-chapter-display",Ps);var Al=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Y=(t,e,i)=>(Al(t,e,"read from private field"),i?i.call(t):e.get(t)),xe=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},de=(t,e,i,a)=>(Al(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),Cc=(t,e,i,a)=>({set _(r){de(t,e,r,i)},get _(){return Y(t,e,a)}}),Jt,nr,jt,Wi,or,lr,dr,ei,yt,cr,ur=class{constructor(e,i,a){xe(this,Jt,void 0),xe(this,nr,void 0),xe(this,jt,void 0),xe(this,Wi,void 0),xe(this,or,void 0),xe(this,lr,void 0),xe(this,dr,void 0),xe(this,ei,void 0),xe(this,yt,0),xe(this,cr,(r=performance.now())=>{de(this,yt,requestAnimationFrame(Y(this,cr))),de(this,Wi,performance.now()-Y(this,jt));let s=1e3/this.fps;if(Y(this,Wi)>s){de(this,jt,r-Y(this,Wi)%s);let o=1e3/((r-Y(this,nr))/++Cc(this,or)._),d=(r-Y(this,lr))/1e3/this.duration,c=Y(this,dr)+d*this.playbackRate;c-Y(this,Jt).valueAsNumber>0?de(this,ei,this.playbackRate/this.duration/o):(de(this,ei,.995*Y(this,ei)),c=Y(this,Jt).valueAsNumber+Y(this,ei)),this.callback(c)}}),de(this,Jt,e),this.callback=i,this.fps=a}start(){Y(this,yt)===0&&(de(this,jt,performance.now()),de(this,nr,Y(this,jt)),de(this,or,0),Y(this,cr).call(this))}stop(){Y(this,yt)!==0&&(cancelAnimationFrame(Y(this,yt)),de(this,yt,0))}update({start:e,duration:i,playbackRate:a}){let r=e-Y(this,Jt).valueAsNumber,s=Math.abs(i-this.duration);(r>0||r<-.5/i||s>=.5)&&this.callback(e),de(this,dr,e),de(this,lr,performance.now()),this.duration=i,this.playbackRate=a}};Jt=new WeakMap;nr=new WeakMap;jt=new WeakMap;Wi=new WeakMap;or=new WeakMap;lr=new WeakMap;dr=new WeakMap;ei=new WeakMap;yt=new WeakMap;cr=new WeakMap;var Fs=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},N=(t,e,i)=>(Fs(t,e,"read from private field"),i?i.call(t):e.get(t)),K=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},ue=(t,e,i,a)=>(Fs(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),he=(t,e,i)=>(Fs(t,e,"access private method"),i),ti,rt,pr,Fi,vr,mr,$i,Vi,ii,ai,Bi,Ns,Tl,Hs,Er,$s,fr,Vs,gr,Ks,Ws,Sl,Ki,_r,Bs,kl,xc=t=>{let e=t.range,i=Tt(+yl(t)),a=Tt(+t.mediaSeekableEnd),r=i&&a?_("{currentTime} of {totalTime}",{currentTime:i,totalTime:a}):_("video not loaded, unknown time.");e.setAttribute("aria-valuetext",r)};function Oc(t){return`
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

      :host(:is([${n.MEDIA_PREVIEW_IMAGE}], [${n.MEDIA_PREVIEW_TIME}])[dragging]) [part~="preview-box"] {
        transition-duration: var(--media-preview-transition-duration-in, .5s);
        transition-delay: var(--media-preview-transition-delay-in, .25s);
        visibility: visible;
        opacity: 1;
      }

      @media (hover: hover) {
        :host(:is([${n.MEDIA_PREVIEW_IMAGE}], [${n.MEDIA_PREVIEW_TIME}]):hover) [part~="preview-box"] {
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

      :host([${n.MEDIA_PREVIEW_IMAGE}][dragging]) media-preview-thumbnail,
      :host([${n.MEDIA_PREVIEW_IMAGE}][dragging]) ::slotted(media-preview-thumbnail) {
        transition-delay: var(--media-preview-transition-delay-in, .25s);
        visibility: visible;
      }

      @media (hover: hover) {
        :host([${n.MEDIA_PREVIEW_IMAGE}]:hover) media-preview-thumbnail,
        :host([${n.MEDIA_PREVIEW_IMAGE}]:hover) ::slotted(media-preview-thumbnail) {
          transition-delay: var(--media-preview-transition-delay-in, .25s);
          visibility: visible;
        }

        :host([${n.MEDIA_PREVIEW_TIME}]:hover) {
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

      :host([${n.MEDIA_PREVIEW_IMAGE}]) media-preview-chapter-display,
      :host([${n.MEDIA_PREVIEW_IMAGE}]) ::slotted(media-preview-chapter-display) {
        transition-delay: var(--media-preview-transition-delay-in, .25s);
        border-radius: var(--media-preview-chapter-border-radius, 0);
        padding: var(--media-preview-chapter-padding, 3.5px 9px 0);
        margin: var(--media-preview-chapter-margin, 0);
        min-width: 100%;
      }

      media-preview-chapter-display[${n.MEDIA_PREVIEW_CHAPTER}],
      ::slotted(media-preview-chapter-display[${n.MEDIA_PREVIEW_CHAPTER}]) {
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

      :host([${n.MEDIA_PREVIEW_IMAGE}]) media-preview-time-display,
      :host([${n.MEDIA_PREVIEW_IMAGE}]) ::slotted(media-preview-time-display) {
        transition-delay: var(--media-preview-transition-delay-in, .25s);
        border-radius: var(--media-preview-time-border-radius,
          0 0 var(--media-preview-border-radius) var(--media-preview-border-radius));
        min-width: 100%;
      }

      :host([${n.MEDIA_PREVIEW_TIME}]:hover) {
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
          <template shadowrootmode="${Os.shadowRootOptions.mode}">
            ${Os.getTemplateHTML({})}
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
  `}var hr=(t,e=t.mediaCurrentTime)=>{let i=Number.isFinite(t.mediaSeekableStart)?t.mediaSeekableStart:0,a=Number.isFinite(t.mediaDuration)?t.mediaDuration:t.mediaSeekableEnd;if(Number.isNaN(a))return 0;let r=(e-i)/(a-i);return Math.max(0,Math.min(r,1))},yl=(t,e=t.range.valueAsNumber)=>{let i=Number.isFinite(t.mediaSeekableStart)?t.mediaSeekableStart:0,a=Number.isFinite(t.mediaDuration)?t.mediaDuration:t.mediaSeekableEnd;return Number.isNaN(a)?0:e*(a-i)+i},Gi=class extends De{constructor(){super(),K(this,Ns),K(this,Er),K(this,fr),K(this,gr),K(this,Ws),K(this,Ki),K(this,Bs),K(this,ti,null),K(this,rt,void 0),K(this,pr,void 0),K(this,Fi,void 0),K(this,vr,void 0),K(this,mr,void 0),K(this,$i,void 0),K(this,Vi,void 0),K(this,ii,void 0),K(this,ai,void 0),K(this,Bi,()=>{he(this,Ns,Tl).call(this)?N(this,rt).start():N(this,rt).stop()}),K(this,Hs,a=>{this.dragging||(Vt(a)&&(this.range.valueAsNumber=a),N(this,ai)||this.updateBar())}),this.shadowRoot.querySelector("#track").insertAdjacentHTML("afterbegin",'<div id="buffered" part="buffered"></div>'),ue(this,pr,this.shadowRoot.querySelectorAll('[part~="box"]')),ue(this,vr,this.shadowRoot.querySelector('[part~="preview-box"]')),ue(this,mr,this.shadowRoot.querySelector('[part~="current-box"]'));let i=getComputedStyle(this);ue(this,$i,parseInt(i.getPropertyValue("--media-box-padding-left"))),ue(this,Vi,parseInt(i.getPropertyValue("--media-box-padding-right"))),ue(this,rt,new ur(this.range,N(this,Hs),60))}static get observedAttributes(){return[...super.observedAttributes,n.MEDIA_PAUSED,n.MEDIA_DURATION,n.MEDIA_SEEKABLE,n.MEDIA_CURRENT_TIME,n.MEDIA_PREVIEW_IMAGE,n.MEDIA_PREVIEW_TIME,n.MEDIA_PREVIEW_CHAPTER,n.MEDIA_BUFFERED,n.MEDIA_PLAYBACK_RATE,n.MEDIA_LOADING,n.MEDIA_ENDED]}connectedCallback(){var e;super.connectedCallback(),this.range.setAttribute("aria-label",_("seek")),N(this,Bi).call(this),ue(this,ti,this.getRootNode()),(e=N(this,ti))==null||e.addEventListener("transitionstart",this)}disconnectedCallback(){var e;super.disconnectedCallback(),N(this,rt).stop(),(e=N(this,ti))==null||e.removeEventListener("transitionstart",this),ue(this,ti,null)}attributeChangedCallback(e,i,a){super.attributeChangedCallback(e,i,a),i!=a&&(e===n.MEDIA_CURRENT_TIME||e===n.MEDIA_PAUSED||e===n.MEDIA_ENDED||e===n.MEDIA_LOADING||e===n.MEDIA_DURATION||e===n.MEDIA_SEEKABLE?(N(this,rt).update({start:hr(this),duration:this.mediaSeekableEnd-this.mediaSeekableStart,playbackRate:this.mediaPlaybackRate}),N(this,Bi).call(this),xc(this)):e===n.MEDIA_BUFFERED&&this.updateBufferedBar(),(e===n.MEDIA_DURATION||e===n.MEDIA_SEEKABLE)&&(this.mediaChaptersCues=N(this,ii),this.updateBar()))}get mediaChaptersCues(){return N(this,ii)}set mediaChaptersCues(e){var i;ue(this,ii,e),this.updateSegments((i=N(this,ii))==null?void 0:i.map(a=>({start:hr(this,a.startTime),end:hr(this,a.endTime)})))}get mediaPaused(){return y(this,n.MEDIA_PAUSED)}set mediaPaused(e){I(this,n.MEDIA_PAUSED,e)}get mediaLoading(){return y(this,n.MEDIA_LOADING)}set mediaLoading(e){I(this,n.MEDIA_LOADING,e)}get mediaDuration(){return X(this,n.MEDIA_DURATION)}set mediaDuration(e){J(this,n.MEDIA_DURATION,e)}get mediaCurrentTime(){return X(this,n.MEDIA_CURRENT_TIME)}set mediaCurrentTime(e){J(this,n.MEDIA_CURRENT_TIME,e)}get mediaPlaybackRate(){return X(this,n.MEDIA_PLAYBACK_RATE,1)}set mediaPlaybackRate(e){J(this,n.MEDIA_PLAYBACK_RATE,e)}get mediaBuffered(){let e=this.getAttribute(n.MEDIA_BUFFERED);return e?e.split(" ").map(i=>i.split(":").map(a=>+a)):[]}set mediaBuffered(e){if(!e){this.removeAttribute(n.MEDIA_BUFFERED);return}let i=e.map(a=>a.join(":")).join(" ");this.setAttribute(n.MEDIA_BUFFERED,i)}get mediaSeekable(){let e=this.getAttribute(n.MEDIA_SEEKABLE);if(e)return e.split(":").map(i=>+i)}set mediaSeekable(e){if(e==null){this.removeAttribute(n.MEDIA_SEEKABLE);return}this.setAttribute(n.MEDIA_SEEKABLE,e.join(":"))}get mediaSeekableEnd(){var e;let[,i=this.mediaDuration]=(e=this.mediaSeekable)!=null?e:[];return i}get mediaSeekableStart(){var e;let[i=0]=(e=this.mediaSeekable)!=null?e:[];return i}get mediaPreviewImage(){return C(this,n.MEDIA_PREVIEW_IMAGE)}set mediaPreviewImage(e){R(this,n.MEDIA_PREVIEW_IMAGE,e)}get mediaPreviewTime(){return X(this,n.MEDIA_PREVIEW_TIME)}set mediaPreviewTime(e){J(this,n.MEDIA_PREVIEW_TIME,e)}get mediaEnded(){return y(this,n.MEDIA_ENDED)}set mediaEnded(e){I(this,n.MEDIA_ENDED,e)}updateBar(){super.updateBar(),this.updateBufferedBar(),this.updateCurrentBox()}updateBufferedBar(){var e;let i=this.mediaBuffered;if(!i.length)return;let a;if(this.mediaEnded)a=1;else{let s=this.mediaCurrentTime,[,o=this.mediaSeekableStart]=(e=i.find(([d,c])=>d<=s&&s<=c))!=null?e:[];a=hr(this,o)}let{style:r}=U(this.shadowRoot,"#buffered");r.setProperty("width",`${a*100}%`)}updateCurrentBox(){if(!this.shadowRoot.querySelector('slot[name="current"]').assignedElements().length)return;let i=U(this.shadowRoot,"#current-rail"),a=U(this.shadowRoot,'[part~="current-box"]'),r=he(this,Er,$s).call(this,N(this,mr)),s=he(this,fr,Vs).call(this,r,this.range.valueAsNumber),o=he(this,gr,Ks).call(this,r,this.range.valueAsNumber);i.style.transform=`translateX(${s})`,i.style.setProperty("--_range-width",`${r.range.width}`),a.style.setProperty("--_box-shift",`${o}`),a.style.setProperty("--_box-width",`${r.box.width}px`),a.style.setProperty("visibility","initial")}handleEvent(e){switch(super.handleEvent(e),e.type){case"input":he(this,Bs,kl).call(this);break;case"pointermove":he(this,Ws,Sl).call(this,e);break;case"pointerup":N(this,ai)&&ue(this,ai,!1);break;case"pointerdown":ue(this,ai,!0);break;case"pointerleave":he(this,Ki,_r).call(this,null);break;case"transitionstart":ee(e.target,this)&&setTimeout(()=>N(this,Bi).call(this),0);break}}};ti=new WeakMap;rt=new WeakMap;pr=new WeakMap;Fi=new WeakMap;vr=new WeakMap;mr=new WeakMap;$i=new WeakMap;Vi=new WeakMap;ii=new WeakMap;ai=new WeakMap;Bi=new WeakMap;Ns=new WeakSet;Tl=function(){return this.isConnected&&!this.mediaPaused&&!this.mediaLoading&&!this.mediaEnded&&this.mediaSeekableEnd>0&&la(this)};Hs=new WeakMap;Er=new WeakSet;$s=function(t){var e;let a=((e=this.getAttribute("bounds")?Se(this,`#${this.getAttribute("bounds")}`):this.parentElement)!=null?e:this).getBoundingClientRect(),r=this.range.getBoundingClientRect(),s=t.offsetWidth,o=-(r.left-a.left-s/2),d=a.right-r.left-s/2;return{box:{width:s,min:o,max:d},bounds:a,range:r}};fr=new WeakSet;Vs=function(t,e){let i=`${e*100}%`,{width:a,min:r,max:s}=t.box;if(!a)return i;if(Number.isNaN(r)||(i=`max(${`calc(1 / var(--_range-width) * 100 * ${r}% + var(--media-box-padding-left))`}, ${i})`),!Number.isNaN(s)){let d=`calc(1 / var(--_range-width) * 100 * ${s}% - var(--media-box-padding-right))`;i=`min(${i}, ${d})`}return i};gr=new WeakSet;Ks=function(t,e){let{width:i,min:a,max:r}=t.box,s=e*t.range.width;if(s<a+N(this,$i)){let o=t.range.left-t.bounds.left-N(this,$i);return`${s-i/2+o}px`}if(s>r-N(this,Vi)){let o=t.bounds.right-t.range.right-N(this,Vi);return`${s+i/2-o-t.range.width}px`}return 0};Ws=new WeakSet;Sl=function(t){let e=[...N(this,pr)].some(T=>t.composedPath().includes(T));if(!this.dragging&&(e||!t.composedPath().includes(this))){he(this,Ki,_r).call(this,null);return}let i=this.mediaSeekableEnd;if(!i)return;let a=U(this.shadowRoot,"#preview-rail"),r=U(this.shadowRoot,'[part~="preview-box"]'),s=he(this,Er,$s).call(this,N(this,vr)),o=(t.clientX-s.range.left)/s.range.width;o=Math.max(0,Math.min(1,o));let d=he(this,fr,Vs).call(this,s,o),c=he(this,gr,Ks).call(this,s,o);a.style.transform=`translateX(${d})`,a.style.setProperty("--_range-width",`${s.range.width}`),r.style.setProperty("--_box-shift",`${c}`),r.style.setProperty("--_box-width",`${s.box.width}px`);let g=Math.round(N(this,Fi))-Math.round(o*i);Math.abs(g)<1&&o>.01&&o<.99||(ue(this,Fi,o*i),he(this,Ki,_r).call(this,N(this,Fi)))};Ki=new WeakSet;_r=function(t){this.dispatchEvent(new l.CustomEvent(h.MEDIA_PREVIEW_REQUEST,{composed:!0,bubbles:!0,detail:t}))};Bs=new WeakSet;kl=function(){N(this,rt).stop();let t=yl(this);this.dispatchEvent(new l.CustomEvent(h.MEDIA_SEEK_REQUEST,{composed:!0,bubbles:!0,detail:t}))};Gi.shadowRootOptions={mode:"open"};Gi.getContainerTemplateHTML=Oc;l.customElements.get("media-time-range")||l.customElements.define("media-time-range",Gi);var Uc=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Il=(t,e,i)=>(Uc(t,e,"read from private field"),i?i.call(t):e.get(t)),Pc=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},br,Nc=1,Hc=t=>t.mediaMuted?0:t.mediaVolume,Wc=t=>`${Math.round(t*100)}%`,Gs=class extends De{constructor(){super(...arguments),Pc(this,br,()=>{let e=this.range.value,i=new l.CustomEvent(h.MEDIA_VOLUME_REQUEST,{composed:!0,bubbles:!0,detail:e});this.dispatchEvent(i)})}static get observedAttributes(){return[...super.observedAttributes,n.MEDIA_VOLUME,n.MEDIA_MUTED,n.MEDIA_VOLUME_UNAVAILABLE]}connectedCallback(){super.connectedCallback(),this.range.setAttribute("aria-label",_("volume")),this.range.addEventListener("input",Il(this,br))}disconnectedCallback(){this.range.removeEventListener("input",Il(this,br)),super.disconnectedCallback()}attributeChangedCallback(e,i,a){super.attributeChangedCallback(e,i,a),(e===n.MEDIA_VOLUME||e===n.MEDIA_MUTED)&&(this.range.valueAsNumber=Hc(this),this.range.setAttribute("aria-valuetext",Wc(this.range.valueAsNumber)),this.updateBar())}get mediaVolume(){return X(this,n.MEDIA_VOLUME,Nc)}set mediaVolume(e){J(this,n.MEDIA_VOLUME,e)}get mediaMuted(){return y(this,n.MEDIA_MUTED)}set mediaMuted(e){I(this,n.MEDIA_MUTED,e)}get mediaVolumeUnavailable(){return C(this,n.MEDIA_VOLUME_UNAVAILABLE)}set mediaVolumeUnavailable(e){R(this,n.MEDIA_VOLUME_UNAVAILABLE,e)}};br=new WeakMap;l.customElements.get("media-volume-range")||l.customElements.define("media-volume-range",Gs);function wl({anchor:t,floating:e,placement:i}){let a=Bc({anchor:t,floating:e}),{x:r,y:s}=$c(a,i);return{x:r,y:s}}function Bc({anchor:t,floating:e}){return{anchor:Fc(t,e.offsetParent),floating:{x:0,y:0,width:e.offsetWidth,height:e.offsetHeight}}}function Fc(t,e){var i;let a=t.getBoundingClientRect(),r=(i=e?.getBoundingClientRect())!=null?i:{x:0,y:0};return{x:a.x-r.x,y:a.y-r.y,width:a.width,height:a.height}}function $c({anchor:t,floating:e},i){let a=Vc(i)==="x"?"y":"x",r=a==="y"?"height":"width",s=Ll(i),o=t.x+t.width/2-e.width/2,d=t.y+t.height/2-e.height/2,c=t[r]/2-e[r]/2,g;switch(s){case"top":g={x:o,y:t.y-e.height};break;case"bottom":g={x:o,y:t.y+t.height};break;case"right":g={x:t.x+t.width,y:d};break;case"left":g={x:t.x-e.width,y:d};break;default:g={x:t.x,y:t.y}}switch(i.split("-")[1]){case"start":g[a]-=c;break;case"end":g[a]+=c;break}return g}function Ll(t){return t.split("-")[0]}function Vc(t){return["top","bottom"].includes(Ll(t))?"y":"x"}var st=class extends Event{constructor({action:e="auto",relatedTarget:i,...a}){super("invoke",a),this.action=e,this.relatedTarget=i}},Ar=class extends Event{constructor({newState:e,oldState:i,...a}){super("toggle",a),this.newState=e,this.oldState=i}};var rn=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},M=(t,e,i)=>(rn(t,e,"read from private field"),i?i.call(t):e.get(t)),x=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},me=(t,e,i,a)=>(rn(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),O=(t,e,i)=>(rn(t,e,"access private method"),i),Oe,nt,Ke,Tr,qi,wt,zi,qs,Ml,yr,sn,Ir,Sr,Ys,Qs,Rl,zs,Dl,Zs,Cl,ri,si,ni,Zi,wr,nn,Xs,xl,on,Ol,Js,Ul,ln,Pl,js,Nl,en,Hl,Yi,Lr,tn,Wl,Qi,Mr,kr,an;function dn({type:t,text:e,value:i,checked:a}){let r=P.createElement("media-chrome-menu-item");r.type=t??"",r.part.add("menu-item"),t&&r.part.add(t),r.value=i,r.checked=a;let s=P.createElement("span");return s.textContent=e,r.append(s),r}function Rr(t,e){let i=t.querySelector(`:scope > [slot="${e}"]`);if(i?.nodeName=="SLOT"&&(i=i.assignedElements({flatten:!0})[0]),i)return i=i.cloneNode(!0),i;let a=t.shadowRoot.querySelector(`[name="${e}"] > svg`);return a?a.cloneNode(!0):""}function Kc(t){return`
    <style>
      :host {
        font: var(--media-font,
          var(--media-font-weight, normal)
          var(--media-font-size, 14px) /
          var(--media-text-content-height, var(--media-control-height, 24px))
          var(--media-font-family, helvetica neue, segoe ui, roboto, arial, sans-serif));
        color: var(--media-text-color, var(--media-primary-color, rgb(238 238 238)));
        --_menu-bg: rgb(20 20 30 / .8);
        background: var(--media-menu-background, var(--media-control-background, var(--media-secondary-color, var(--_menu-bg))));
        border-radius: var(--media-menu-border-radius);
        border: var(--media-menu-border, none);
        display: var(--media-menu-display, inline-flex) !important;
        
        transition: var(--media-menu-transition-in,
          visibility 0s,
          opacity .2s ease-out,
          transform .15s ease-out,
          left .2s ease-in-out,
          min-width .2s ease-in-out,
          min-height .2s ease-in-out
        ) !important;
        
        visibility: var(--media-menu-visibility, visible);
        opacity: var(--media-menu-opacity, 1);
        max-height: var(--media-menu-max-height, var(--_menu-max-height, 300px));
        transform: var(--media-menu-transform-in, translateY(0) scale(1));
        flex-direction: column;
        
        min-height: 0;
        position: relative;
        bottom: var(--_menu-bottom);
        box-sizing: border-box;
      } 

      @-moz-document url-prefix() {
        :host{
          --_menu-bg: rgb(20 20 30);
        }
      }

      :host([hidden]) {
        transition: var(--media-menu-transition-out,
          visibility .15s ease-in,
          opacity .15s ease-in,
          transform .15s ease-in
        ) !important;
        visibility: var(--media-menu-hidden-visibility, hidden);
        opacity: var(--media-menu-hidden-opacity, 0);
        max-height: var(--media-menu-hidden-max-height,
          var(--media-menu-max-height, var(--_menu-max-height, 300px)));
        transform: var(--media-menu-transform-out, translateY(2px) scale(.99));
        pointer-events: none;
      }

      :host([slot="submenu"]) {
        background: none;
        width: 100%;
        min-height: 100%;
        position: absolute;
        bottom: 0;
        right: -100%;
      }

      #container {
        display: flex;
        flex-direction: column;
        min-height: 0;
        transition: transform .2s ease-out;
        transform: translate(0, 0);
      }

      #container.has-expanded {
        transition: transform .2s ease-in;
        transform: translate(-100%, 0);
      }

      button {
        background: none;
        color: inherit;
        border: none;
        padding: 0;
        font: inherit;
        outline: inherit;
        display: inline-flex;
        align-items: center;
      }

      slot[name="header"][hidden] {
        display: none;
      }

      slot[name="header"] > *,
      slot[name="header"]::slotted(*) {
        padding: .4em .7em;
        border-bottom: 1px solid rgb(255 255 255 / .25);
        cursor: var(--media-cursor, default);
      }

      slot[name="header"] > button[part~="back"],
      slot[name="header"]::slotted(button[part~="back"]) {
        cursor: var(--media-cursor, pointer);
      }

      svg[part~="back"] {
        height: var(--media-menu-icon-height, var(--media-control-height, 24px));
        fill: var(--media-icon-color, var(--media-primary-color, rgb(238 238 238)));
        display: block;
        margin-right: .5ch;
      }

      slot:not([name]) {
        gap: var(--media-menu-gap);
        flex-direction: var(--media-menu-flex-direction, column);
        overflow: var(--media-menu-overflow, hidden auto);
        display: flex;
        min-height: 0;
      }

      :host([role="menu"]) slot:not([name]) {
        padding-block: .4em;
      }

      slot:not([name])::slotted([role="menu"]) {
        background: none;
      }

      media-chrome-menu-item > span {
        margin-right: .5ch;
        max-width: var(--media-menu-item-max-width);
        text-overflow: ellipsis;
        overflow: hidden;
      }
    </style>
    <style id="layout-row" media="width:0">

      slot[name="header"] > *,
      slot[name="header"]::slotted(*) {
        padding: .4em .5em;
      }

      slot:not([name]) {
        gap: var(--media-menu-gap, .25em);
        flex-direction: var(--media-menu-flex-direction, row);
        padding-inline: .5em;
      }

      media-chrome-menu-item {
        padding: .3em .5em;
      }

      media-chrome-menu-item[aria-checked="true"] {
        background: var(--media-menu-item-checked-background, rgb(255 255 255 / .2));
      }

      
      media-chrome-menu-item::part(checked-indicator) {
        display: var(--media-menu-item-checked-indicator-display, none);
      }
    </style>
    <div id="container" part="container">
      <slot name="header" hidden>
        <button part="back button" aria-label="Back to previous menu">
          <slot name="back-icon">
            <svg aria-hidden="true" viewBox="0 0 20 24" part="back indicator">
              <path d="m11.88 17.585.742-.669-4.2-4.665 4.2-4.666-.743-.669-4.803 5.335 4.803 5.334Z"/>
            </svg>
          </slot>
          <slot name="title"></slot>
        </button>
      </slot>
      <slot></slot>
    </div>
    <slot name="checked-indicator" hidden></slot>
  `}var It={STYLE:"style",HIDDEN:"hidden",DISABLED:"disabled",ANCHOR:"anchor"},ot=class extends l.HTMLElement{constructor(){if(super(),x(this,qs),x(this,yr),x(this,Sr),x(this,Qs),x(this,zs),x(this,Zs),x(this,ni),x(this,wr),x(this,Xs),x(this,on),x(this,Js),x(this,ln),x(this,js),x(this,en),x(this,Yi),x(this,tn),x(this,Qi),x(this,kr),x(this,Oe,null),x(this,nt,null),x(this,Ke,null),x(this,Tr,new Set),x(this,qi,void 0),x(this,wt,!1),x(this,zi,null),x(this,Ir,()=>{let e=M(this,Tr),i=new Set(this.items);for(let a of e)i.has(a)||this.dispatchEvent(new CustomEvent("removemenuitem",{detail:a}));for(let a of i)e.has(a)||this.dispatchEvent(new CustomEvent("addmenuitem",{detail:a}));me(this,Tr,i)}),x(this,ri,()=>{O(this,ni,Zi).call(this),O(this,wr,nn).call(this,!1)}),x(this,si,()=>{O(this,ni,Zi).call(this)}),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=W(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}this.container=this.shadowRoot.querySelector("#container"),this.defaultSlot=this.shadowRoot.querySelector("slot:not([name])"),me(this,qi,new MutationObserver(M(this,Ir)))}static get observedAttributes(){return[It.DISABLED,It.HIDDEN,It.STYLE,It.ANCHOR,S.MEDIA_CONTROLLER]}static formatMenuItemText(e,i){return e}enable(){this.addEventListener("click",this),this.addEventListener("focusout",this),this.addEventListener("keydown",this),this.addEventListener("invoke",this),this.addEventListener("toggle",this)}disable(){this.removeEventListener("click",this),this.removeEventListener("focusout",this),this.removeEventListener("keyup",this),this.removeEventListener("invoke",this),this.removeEventListener("toggle",this)}handleEvent(e){switch(e.type){case"slotchange":O(this,qs,Ml).call(this,e);break;case"invoke":O(this,Qs,Rl).call(this,e);break;case"click":O(this,Xs,xl).call(this,e);break;case"toggle":O(this,Js,Ul).call(this,e);break;case"focusout":O(this,js,Nl).call(this,e);break;case"keydown":O(this,en,Hl).call(this,e);break}}connectedCallback(){var e,i;M(this,qi).observe(this.defaultSlot,{childList:!0}),me(this,zi,Ei(this.shadowRoot,":host")),O(this,Sr,Ys).call(this),this.hasAttribute("disabled")||this.enable(),this.role||(this.role="menu"),me(this,Oe,oa(this)),(i=(e=M(this,Oe))==null?void 0:e.associateElement)==null||i.call(e,this),this.hidden||(He(Xi(this),M(this,ri)),He(this,M(this,si))),O(this,yr,sn).call(this),this.shadowRoot.addEventListener("slotchange",this)}disconnectedCallback(){var e,i;M(this,qi).disconnect(),We(Xi(this),M(this,ri)),We(this,M(this,si)),this.disable(),(i=(e=M(this,Oe))==null?void 0:e.unassociateElement)==null||i.call(e,this),me(this,Oe,null),me(this,nt,null),me(this,Ke,null),this.shadowRoot.removeEventListener("slotchange",this)}attributeChangedCallback(e,i,a){var r,s,o,d;e===It.HIDDEN&&a!==i?(M(this,wt)||me(this,wt,!0),this.hidden?O(this,Zs,Cl).call(this):O(this,zs,Dl).call(this),this.dispatchEvent(new Ar({oldState:this.hidden?"open":"closed",newState:this.hidden?"closed":"open",bubbles:!0}))):e===S.MEDIA_CONTROLLER?(i&&((s=(r=M(this,Oe))==null?void 0:r.unassociateElement)==null||s.call(r,this),me(this,Oe,null)),a&&this.isConnected&&(me(this,Oe,oa(this)),(d=(o=M(this,Oe))==null?void 0:o.associateElement)==null||d.call(o,this))):e===It.DISABLED&&a!==i?a==null?this.enable():this.disable():e===It.STYLE&&a!==i&&O(this,Sr,Ys).call(this)}formatMenuItemText(e,i){return this.constructor.formatMenuItemText(e,i)}get anchor(){return this.getAttribute("anchor")}set anchor(e){this.setAttribute("anchor",`${e}`)}get anchorElement(){var e;return this.anchor?(e=ct(this))==null?void 0:e.querySelector(`#${this.anchor}`):null}get items(){return this.defaultSlot.assignedElements({flatten:!0}).filter(Gc)}get radioGroupItems(){return this.items.filter(e=>e.role==="menuitemradio")}get checkedItems(){return this.items.filter(e=>e.checked)}get value(){var e,i;return(i=(e=this.checkedItems[0])==null?void 0:e.value)!=null?i:""}set value(e){let i=this.items.find(a=>a.value===e);i&&O(this,kr,an).call(this,i)}focus(){if(me(this,nt,vi()),this.items.length){O(this,Qi,Mr).call(this,this.items[0]),this.items[0].focus();return}let e=this.querySelector('[autofocus], [tabindex]:not([tabindex="-1"]), [role="menu"]');e?.focus()}handleSelect(e){var i;let a=O(this,Yi,Lr).call(this,e);a&&(O(this,kr,an).call(this,a,a.type==="checkbox"),M(this,Ke)&&!this.hidden&&((i=M(this,nt))==null||i.focus(),this.hidden=!0))}get keysUsed(){return["Enter","Escape","Tab"," ","ArrowDown","ArrowUp","Home","End"]}handleMove(e){var i,a;let{key:r}=e,s=this.items,o=(a=(i=O(this,Yi,Lr).call(this,e))!=null?i:O(this,tn,Wl).call(this))!=null?a:s[0],d=s.indexOf(o),c=Math.max(0,d);r==="ArrowDown"?c++:r==="ArrowUp"?c--:e.key==="Home"?c=0:e.key==="End"&&(c=s.length-1),c<0&&(c=s.length-1),c>s.length-1&&(c=0),O(this,Qi,Mr).call(this,s[c]),s[c].focus()}};Oe=new WeakMap;nt=new WeakMap;Ke=new WeakMap;Tr=new WeakMap;qi=new WeakMap;wt=new WeakMap;zi=new WeakMap;qs=new WeakSet;Ml=function(t){let e=t.target;for(let i of e.assignedNodes({flatten:!0}))i.nodeType===3&&i.textContent.trim()===""&&i.remove();["header","title"].includes(e.name)&&O(this,yr,sn).call(this),e.name||M(this,Ir).call(this)};yr=new WeakSet;sn=function(){let t=this.shadowRoot.querySelector('slot[name="header"]'),e=this.shadowRoot.querySelector('slot[name="title"]');t.hidden=e.assignedNodes().length===0&&t.assignedNodes().length===0};Ir=new WeakMap;Sr=new WeakSet;Ys=function(){var t;let e=this.shadowRoot.querySelector("#layout-row"),i=(t=getComputedStyle(this).getPropertyValue("--media-menu-layout"))==null?void 0:t.trim();e.setAttribute("media",i==="row"?"":"width:0")};Qs=new WeakSet;Rl=function(t){me(this,Ke,t.relatedTarget),ee(this,t.relatedTarget)||(this.hidden=!this.hidden)};zs=new WeakSet;Dl=function(){var t;(t=M(this,Ke))==null||t.setAttribute("aria-expanded","true"),this.addEventListener("transitionend",()=>this.focus(),{once:!0}),He(Xi(this),M(this,ri)),He(this,M(this,si))};Zs=new WeakSet;Cl=function(){var t;(t=M(this,Ke))==null||t.setAttribute("aria-expanded","false"),We(Xi(this),M(this,ri)),We(this,M(this,si))};ri=new WeakMap;si=new WeakMap;ni=new WeakSet;Zi=function(t){if(this.hasAttribute("mediacontroller")&&!this.anchor||this.hidden||!this.anchorElement)return;let{x:e,y:i}=wl({anchor:this.anchorElement,floating:this,placement:"top-start"});t??(t=this.offsetWidth);let r=Xi(this).getBoundingClientRect(),s=r.width-e-t,o=r.height-i-this.offsetHeight,{style:d}=M(this,zi);d.setProperty("position","absolute"),d.setProperty("right",`${Math.max(0,s)}px`),d.setProperty("--_menu-bottom",`${o}px`);let c=getComputedStyle(this),T=d.getPropertyValue("--_menu-bottom")===c.bottom?o:parseFloat(c.bottom),A=r.height-T-parseFloat(c.marginBottom);this.style.setProperty("--_menu-max-height",`${A}px`)};wr=new WeakSet;nn=function(t){let e=this.querySelector('[role="menuitem"][aria-haspopup][aria-expanded="true"]'),i=e?.querySelector('[role="menu"]'),{style:a}=M(this,zi);if(t||a.setProperty("--media-menu-transition-in","none"),i){let r=i.offsetHeight,s=Math.max(i.offsetWidth,e.offsetWidth);this.style.setProperty("min-width",`${s}px`),this.style.setProperty("min-height",`${r}px`),O(this,ni,Zi).call(this,s)}else this.style.removeProperty("min-width"),this.style.removeProperty("min-height"),O(this,ni,Zi).call(this);a.removeProperty("--media-menu-transition-in")};Xs=new WeakSet;xl=function(t){var e;if(t.stopPropagation(),t.composedPath().includes(M(this,on,Ol))){(e=M(this,nt))==null||e.focus(),this.hidden=!0;return}let i=O(this,Yi,Lr).call(this,t);!i||i.hasAttribute("disabled")||(O(this,Qi,Mr).call(this,i),this.handleSelect(t))};on=new WeakSet;Ol=function(){var t;return(t=this.shadowRoot.querySelector('slot[name="header"]').assignedElements({flatten:!0}))==null?void 0:t.find(i=>i.matches('button[part~="back"]'))};Js=new WeakSet;Ul=function(t){if(t.target===this)return;O(this,ln,Pl).call(this);let e=Array.from(this.querySelectorAll('[role="menuitem"][aria-haspopup]'));for(let i of e)i.invokeTargetElement!=t.target&&t.newState=="open"&&i.getAttribute("aria-expanded")=="true"&&!i.invokeTargetElement.hidden&&i.invokeTargetElement.dispatchEvent(new st({relatedTarget:i}));for(let i of e)i.setAttribute("aria-expanded",`${!i.submenuElement.hidden}`);O(this,wr,nn).call(this,!0)};ln=new WeakSet;Pl=function(){let e=this.querySelector('[role="menuitem"] > [role="menu"]:not([hidden])');this.container.classList.toggle("has-expanded",!!e)};js=new WeakSet;Nl=function(t){var e;ee(this,t.relatedTarget)||(M(this,wt)&&((e=M(this,nt))==null||e.focus()),M(this,Ke)&&M(this,Ke)!==t.relatedTarget&&!this.hidden&&(this.hidden=!0))};en=new WeakSet;Hl=function(t){var e,i,a,r,s;let{key:o,ctrlKey:d,altKey:c,metaKey:g}=t;if(!(d||c||g)&&this.keysUsed.includes(o))if(t.preventDefault(),t.stopPropagation(),o==="Tab"){if(M(this,wt)){this.hidden=!0;return}t.shiftKey?(i=(e=this.previousElementSibling)==null?void 0:e.focus)==null||i.call(e):(r=(a=this.nextElementSibling)==null?void 0:a.focus)==null||r.call(a),this.blur()}else o==="Escape"?((s=M(this,nt))==null||s.focus(),M(this,wt)&&(this.hidden=!0)):o==="Enter"||o===" "?this.handleSelect(t):this.handleMove(t)};Yi=new WeakSet;Lr=function(t){return t.composedPath().find(e=>["menuitemradio","menuitemcheckbox"].includes(e.role))};tn=new WeakSet;Wl=function(){return this.items.find(t=>t.tabIndex===0)};Qi=new WeakSet;Mr=function(t){for(let e of this.items)e.tabIndex=e===t?0:-1};kr=new WeakSet;an=function(t,e){let i=[...this.checkedItems];t.type==="radio"&&this.radioGroupItems.forEach(a=>a.checked=!1),e?t.checked=!t.checked:t.checked=!0,this.checkedItems.some((a,r)=>a!=i[r])&&this.dispatchEvent(new Event("change",{bubbles:!0,composed:!0}))};ot.shadowRootOptions={mode:"open"};ot.getTemplateHTML=Kc;function Gc(t){return["menuitem","menuitemradio","menuitemcheckbox"].includes(t?.role)}function Xi(t){var e;return(e=t.getAttribute("bounds")?Se(t,`#${t.getAttribute("bounds")}`):Ye(t)||t.parentElement)!=null?e:t}l.customElements.get("media-chrome-menu")||l.customElements.define("media-chrome-menu",ot);var mn=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},qc=(t,e,i)=>(mn(t,e,"read from private field"),i?i.call(t):e.get(t)),cn=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Yc=(t,e,i,a)=>(mn(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),Dr=(t,e,i)=>(mn(t,e,"access private method"),i),Or,Cr,un,xr,hn,Qc=`
  <svg aria-hidden="true" viewBox="0 0 26 24" part="captions-indicator indicator">
    <path d="M22.83 5.68a2.58 2.58 0 0 0-2.3-2.5c-3.62-.24-11.44-.24-15.06 0a2.58 2.58 0 0 0-2.3 2.5c-.23 4.21-.23 8.43 0 12.64a2.58 2.58 0 0 0 2.3 2.5c3.62.24 11.44.24 15.06 0a2.58 2.58 0 0 0 2.3-2.5c.23-4.21.23-8.43 0-12.64Zm-11.39 9.45a3.07 3.07 0 0 1-1.91.57 3.06 3.06 0 0 1-2.34-1 3.75 3.75 0 0 1-.92-2.67 3.92 3.92 0 0 1 .92-2.77 3.18 3.18 0 0 1 2.43-1 2.94 2.94 0 0 1 2.13.78c.364.359.62.813.74 1.31l-1.43.35a1.49 1.49 0 0 0-1.51-1.17 1.61 1.61 0 0 0-1.29.58 2.79 2.79 0 0 0-.5 1.89 3 3 0 0 0 .49 1.93 1.61 1.61 0 0 0 1.27.58 1.48 1.48 0 0 0 1-.37 2.1 2.1 0 0 0 .59-1.14l1.4.44a3.23 3.23 0 0 1-1.07 1.69Zm7.22 0a3.07 3.07 0 0 1-1.91.57 3.06 3.06 0 0 1-2.34-1 3.75 3.75 0 0 1-.92-2.67 3.88 3.88 0 0 1 .93-2.77 3.14 3.14 0 0 1 2.42-1 3 3 0 0 1 2.16.82 2.8 2.8 0 0 1 .73 1.31l-1.43.35a1.49 1.49 0 0 0-1.51-1.21 1.61 1.61 0 0 0-1.29.58A2.79 2.79 0 0 0 15 12a3 3 0 0 0 .49 1.93 1.61 1.61 0 0 0 1.27.58 1.44 1.44 0 0 0 1-.37 2.1 2.1 0 0 0 .6-1.15l1.4.44a3.17 3.17 0 0 1-1.1 1.7Z"/>
  </svg>`;function zc(t){return`
    ${ot.getTemplateHTML(t)}
    <slot name="captions-indicator" hidden>${Qc}</slot>
  `}var Ur=class extends ot{constructor(){super(...arguments),cn(this,Cr),cn(this,xr),cn(this,Or,void 0)}static get observedAttributes(){return[...super.observedAttributes,n.MEDIA_SUBTITLES_LIST,n.MEDIA_SUBTITLES_SHOWING]}attributeChangedCallback(e,i,a){super.attributeChangedCallback(e,i,a),e===n.MEDIA_SUBTITLES_LIST&&i!==a?Dr(this,Cr,un).call(this):e===n.MEDIA_SUBTITLES_SHOWING&&i!==a&&(this.value=a||"",Dr(this,Cr,un).call(this))}connectedCallback(){super.connectedCallback(),this.addEventListener("change",Dr(this,xr,hn))}disconnectedCallback(){super.disconnectedCallback(),this.removeEventListener("change",Dr(this,xr,hn))}get anchorElement(){return this.anchor!=="auto"?super.anchorElement:Ye(this).querySelector("media-captions-menu-button")}get mediaSubtitlesList(){return Bl(this,n.MEDIA_SUBTITLES_LIST)}set mediaSubtitlesList(e){Fl(this,n.MEDIA_SUBTITLES_LIST,e)}get mediaSubtitlesShowing(){return Bl(this,n.MEDIA_SUBTITLES_SHOWING)}set mediaSubtitlesShowing(e){Fl(this,n.MEDIA_SUBTITLES_SHOWING,e)}};Or=new WeakMap;Cr=new WeakSet;un=function(){var t;let e=qc(this,Or)!==JSON.stringify(this.mediaSubtitlesList),i=this.value!==this.getAttribute(n.MEDIA_SUBTITLES_SHOWING);if(!e&&!i)return;Yc(this,Or,JSON.stringify(this.mediaSubtitlesList)),this.defaultSlot.textContent="";let a=!this.value,r=dn({type:"radio",text:this.formatMenuItemText(_("Off")),value:"off",checked:a});r.prepend(Rr(this,"checked-indicator")),this.defaultSlot.append(r);let s=this.mediaSubtitlesList;for(let o of s){let d=dn({type:"radio",text:this.formatMenuItemText(o.label,o),value:Sa(o),checked:this.value==Sa(o)});d.prepend(Rr(this,"checked-indicator")),((t=o.kind)!=null?t:"subs")==="captions"&&d.append(Rr(this,"captions-indicator")),this.defaultSlot.append(d)}};xr=new WeakSet;hn=function(){let t=this.mediaSubtitlesShowing,e=this.getAttribute(n.MEDIA_SUBTITLES_SHOWING),i=this.value!==e;if(t?.length&&i&&this.dispatchEvent(new l.CustomEvent(h.MEDIA_DISABLE_SUBTITLES_REQUEST,{composed:!0,bubbles:!0,detail:t})),!this.value||!i)return;let a=new l.CustomEvent(h.MEDIA_SHOW_SUBTITLES_REQUEST,{composed:!0,bubbles:!0,detail:this.value});this.dispatchEvent(a)};Ur.getTemplateHTML=zc;var Bl=(t,e)=>{let i=t.getAttribute(e);return i?Et(i):[]},Fl=(t,e,i)=>{if(!i?.length){t.removeAttribute(e);return}let a=$e(i);t.getAttribute(e)!==a&&t.setAttribute(e,a)};l.customElements.get("media-captions-menu")||l.customElements.define("media-captions-menu",Ur);var Ji=class extends z{connectedCallback(){super.connectedCallback(),this.invokeTargetElement&&this.setAttribute("aria-haspopup","menu")}get invokeTarget(){return this.getAttribute("invoketarget")}set invokeTarget(e){this.setAttribute("invoketarget",`${e}`)}get invokeTargetElement(){var e;return this.invokeTarget?(e=ct(this))==null?void 0:e.querySelector(`#${this.invokeTarget}`):null}handleClick(){var e;(e=this.invokeTargetElement)==null||e.dispatchEvent(new st({relatedTarget:this}))}};l.customElements.get("media-chrome-menu-button")||l.customElements.define("media-chrome-menu-button",Ji);var Zc=`<svg aria-hidden="true" viewBox="0 0 26 24">
  <path d="M22.83 5.68a2.58 2.58 0 0 0-2.3-2.5c-3.62-.24-11.44-.24-15.06 0a2.58 2.58 0 0 0-2.3 2.5c-.23 4.21-.23 8.43 0 12.64a2.58 2.58 0 0 0 2.3 2.5c3.62.24 11.44.24 15.06 0a2.58 2.58 0 0 0 2.3-2.5c.23-4.21.23-8.43 0-12.64Zm-11.39 9.45a3.07 3.07 0 0 1-1.91.57 3.06 3.06 0 0 1-2.34-1 3.75 3.75 0 0 1-.92-2.67 3.92 3.92 0 0 1 .92-2.77 3.18 3.18 0 0 1 2.43-1 2.94 2.94 0 0 1 2.13.78c.364.359.62.813.74 1.31l-1.43.35a1.49 1.49 0 0 0-1.51-1.17 1.61 1.61 0 0 0-1.29.58 2.79 2.79 0 0 0-.5 1.89 3 3 0 0 0 .49 1.93 1.61 1.61 0 0 0 1.27.58 1.48 1.48 0 0 0 1-.37 2.1 2.1 0 0 0 .59-1.14l1.4.44a3.23 3.23 0 0 1-1.07 1.69Zm7.22 0a3.07 3.07 0 0 1-1.91.57 3.06 3.06 0 0 1-2.34-1 3.75 3.75 0 0 1-.92-2.67 3.88 3.88 0 0 1 .93-2.77 3.14 3.14 0 0 1 2.42-1 3 3 0 0 1 2.16.82 2.8 2.8 0 0 1 .73 1.31l-1.43.35a1.49 1.49 0 0 0-1.51-1.21 1.61 1.61 0 0 0-1.29.58A2.79 2.79 0 0 0 15 12a3 3 0 0 0 .49 1.93 1.61 1.61 0 0 0 1.27.58 1.44 1.44 0 0 0 1-.37 2.1 2.1 0 0 0 .6-1.15l1.4.44a3.17 3.17 0 0 1-1.1 1.7Z"/>
</svg>`,Xc=`<svg aria-hidden="true" viewBox="0 0 26 24">
  <path d="M17.73 14.09a1.4 1.4 0 0 1-1 .37 1.579 1.579 0 0 1-1.27-.58A3 3 0 0 1 15 12a2.8 2.8 0 0 1 .5-1.85 1.63 1.63 0 0 1 1.29-.57 1.47 1.47 0 0 1 1.51 1.2l1.43-.34A2.89 2.89 0 0 0 19 9.07a3 3 0 0 0-2.14-.78 3.14 3.14 0 0 0-2.42 1 3.91 3.91 0 0 0-.93 2.78 3.74 3.74 0 0 0 .92 2.66 3.07 3.07 0 0 0 2.34 1 3.07 3.07 0 0 0 1.91-.57 3.17 3.17 0 0 0 1.07-1.74l-1.4-.45c-.083.43-.3.822-.62 1.12Zm-7.22 0a1.43 1.43 0 0 1-1 .37 1.58 1.58 0 0 1-1.27-.58A3 3 0 0 1 7.76 12a2.8 2.8 0 0 1 .5-1.85 1.63 1.63 0 0 1 1.29-.57 1.47 1.47 0 0 1 1.51 1.2l1.43-.34a2.81 2.81 0 0 0-.74-1.32 2.94 2.94 0 0 0-2.13-.78 3.18 3.18 0 0 0-2.43 1 4 4 0 0 0-.92 2.78 3.74 3.74 0 0 0 .92 2.66 3.07 3.07 0 0 0 2.34 1 3.07 3.07 0 0 0 1.91-.57 3.23 3.23 0 0 0 1.07-1.74l-1.4-.45a2.06 2.06 0 0 1-.6 1.07Zm12.32-8.41a2.59 2.59 0 0 0-2.3-2.51C18.72 3.05 15.86 3 13 3c-2.86 0-5.72.05-7.53.17a2.59 2.59 0 0 0-2.3 2.51c-.23 4.207-.23 8.423 0 12.63a2.57 2.57 0 0 0 2.3 2.5c1.81.13 4.67.19 7.53.19 2.86 0 5.72-.06 7.53-.19a2.57 2.57 0 0 0 2.3-2.5c.23-4.207.23-8.423 0-12.63Zm-1.49 12.53a1.11 1.11 0 0 1-.91 1.11c-1.67.11-4.45.18-7.43.18-2.98 0-5.76-.07-7.43-.18a1.11 1.11 0 0 1-.91-1.11c-.21-4.14-.21-8.29 0-12.43a1.11 1.11 0 0 1 .91-1.11C7.24 4.56 10 4.49 13 4.49s5.76.07 7.43.18a1.11 1.11 0 0 1 .91 1.11c.21 4.14.21 8.29 0 12.43Z"/>
</svg>`;function Jc(){return`
    <style>
      :host([data-captions-enabled="true"]) slot[name=off] {
        display: none !important;
      }

      
      :host(:not([data-captions-enabled="true"])) slot[name=on] {
        display: none !important;
      }

      :host([aria-expanded="true"]) slot[name=tooltip] {
        display: none;
      }
    </style>

    <slot name="icon">
      <slot name="on">${Zc}</slot>
      <slot name="off">${Xc}</slot>
    </slot>
  `}function jc(){return _("Captions")}var $l=t=>{t.setAttribute("data-captions-enabled",ka(t).toString())},Vl=t=>{t.setAttribute("aria-label",_("closed captions"))},ji=class extends Ji{static get observedAttributes(){return[...super.observedAttributes,n.MEDIA_SUBTITLES_LIST,n.MEDIA_SUBTITLES_SHOWING,n.MEDIA_LANG]}connectedCallback(){super.connectedCallback(),Vl(this),$l(this)}attributeChangedCallback(e,i,a){super.attributeChangedCallback(e,i,a),e===n.MEDIA_SUBTITLES_SHOWING?$l(this):e===n.MEDIA_LANG&&Vl(this)}get invokeTargetElement(){var e;return this.invokeTarget!=null?super.invokeTargetElement:(e=Ye(this))==null?void 0:e.querySelector("media-captions-menu")}get mediaSubtitlesList(){return Kl(this,n.MEDIA_SUBTITLES_LIST)}set mediaSubtitlesList(e){Gl(this,n.MEDIA_SUBTITLES_LIST,e)}get mediaSubtitlesShowing(){return Kl(this,n.MEDIA_SUBTITLES_SHOWING)}set mediaSubtitlesShowing(e){Gl(this,n.MEDIA_SUBTITLES_SHOWING,e)}};ji.getSlotTemplateHTML=Jc;ji.getTooltipContentHTML=jc;var Kl=(t,e)=>{let i=t.getAttribute(e);return i?Et(i):[]},Gl=(t,e,i)=>{if(!i?.length){t.removeAttribute(e);return}let a=$e(i);t.getAttribute(e)!==a&&t.setAttribute(e,a)};l.customElements.get("media-captions-menu-button")||l.customElements.define("media-captions-menu-button",ji);var _n=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},ie=(t,e,i)=>(_n(t,e,"read from private field"),i?i.call(t):e.get(t)),Ge=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},pn=(t,e,i,a)=>(_n(t,e,"write to private field"),a?a.call(t,i):e.set(t,i),i),li=(t,e,i)=>(_n(t,e,"access private method"),i),Pr,ta,vn,ql,Hr,bn,An,Yl,Ue,oi,En,Nr,fn;function eu(t){return`
    <style>
      :host {
        transition: var(--media-menu-item-transition,
          background .15s linear,
          opacity .2s ease-in-out
        );
        outline: var(--media-menu-item-outline, 0);
        outline-offset: var(--media-menu-item-outline-offset, -1px);
        cursor: var(--media-cursor, pointer);
        display: flex;
        align-items: center;
        align-self: stretch;
        justify-self: stretch;
        white-space: nowrap;
        white-space-collapse: collapse;
        text-wrap: nowrap;
        padding: .4em .8em .4em 1em;
      }

      :host(:focus-visible) {
        box-shadow: var(--media-menu-item-focus-shadow, inset 0 0 0 2px rgb(27 127 204 / .9));
        outline: var(--media-menu-item-hover-outline, 0);
        outline-offset: var(--media-menu-item-hover-outline-offset,  var(--media-menu-item-outline-offset, -1px));
      }

      :host(:hover) {
        cursor: var(--media-cursor, pointer);
        background: var(--media-menu-item-hover-background, rgb(92 92 102 / .5));
        outline: var(--media-menu-item-hover-outline);
        outline-offset: var(--media-menu-item-hover-outline-offset,  var(--media-menu-item-outline-offset, -1px));
      }

      :host([aria-checked="true"]) {
        background: var(--media-menu-item-checked-background);
      }

      :host([hidden]) {
        display: none;
      }

      :host([disabled]) {
        pointer-events: none;
        color: rgba(255, 255, 255, .3);
      }

      slot:not([name]) {
        width: 100%;
      }

      slot:not([name="submenu"]) {
        display: inline-flex;
        align-items: center;
        transition: inherit;
        opacity: var(--media-menu-item-opacity, 1);
      }

      slot[name="description"] {
        justify-content: end;
      }

      slot[name="description"] > span {
        display: inline-block;
        margin-inline: 1em .2em;
        max-width: var(--media-menu-item-description-max-width, 100px);
        text-overflow: ellipsis;
        overflow: hidden;
        font-size: .8em;
        font-weight: 400;
        text-align: right;
        position: relative;
        top: .04em;
      }

      slot[name="checked-indicator"] {
        display: none;
      }

      :host(:is([role="menuitemradio"],[role="menuitemcheckbox"])) slot[name="checked-indicator"] {
        display: var(--media-menu-item-checked-indicator-display, inline-block);
      }

      
      svg, img, ::slotted(svg), ::slotted(img) {
        height: var(--media-menu-item-icon-height, var(--media-control-height, 24px));
        fill: var(--media-icon-color, var(--media-primary-color, rgb(238 238 238)));
        display: block;
      }

      
      [part~="indicator"],
      ::slotted([part~="indicator"]) {
        fill: var(--media-menu-item-indicator-fill,
          var(--media-icon-color, var(--media-primary-color, rgb(238 238 238))));
        height: var(--media-menu-item-indicator-height, 1.25em);
        margin-right: .5ch;
      }

      [part~="checked-indicator"] {
        visibility: hidden;
      }

      :host([aria-checked="true"]) [part~="checked-indicator"] {
        visibility: visible;
      }
    </style>
    <slot name="checked-indicator">
      <svg aria-hidden="true" viewBox="0 1 24 24" part="checked-indicator indicator">
        <path d="m10 15.17 9.193-9.191 1.414 1.414-10.606 10.606-6.364-6.364 1.414-1.414 4.95 4.95Z"/>
      </svg>
    </slot>
    <slot name="prefix"></slot>
    <slot></slot>
    <slot name="description"></slot>
    <slot name="suffix">
      ${this.getSuffixSlotInnerHTML(t)}
    </slot>
    <slot name="submenu"></slot>
  `}function tu(t){return""}var pe={TYPE:"type",VALUE:"value",CHECKED:"checked",DISABLED:"disabled"},di=class extends l.HTMLElement{constructor(){if(super(),Ge(this,vn),Ge(this,Hr),Ge(this,An),Ge(this,Nr),Ge(this,Pr,!1),Ge(this,ta,void 0),Ge(this,Ue,()=>{var e,i;this.submenuElement.items&&this.setAttribute("submenusize",`${this.submenuElement.items.length}`);let a=this.shadowRoot.querySelector('slot[name="description"]'),r=(e=this.submenuElement.checkedItems)==null?void 0:e[0],s=(i=r?.dataset.description)!=null?i:r?.text,o=P.createElement("span");o.textContent=s??"",a.replaceChildren(o)}),Ge(this,oi,e=>{let{key:i}=e;if(!this.keysUsed.includes(i)){this.removeEventListener("keyup",ie(this,oi));return}this.handleClick(e)}),Ge(this,En,e=>{let{metaKey:i,altKey:a,key:r}=e;if(i||a||!this.keysUsed.includes(r)){this.removeEventListener("keyup",ie(this,oi));return}this.addEventListener("keyup",ie(this,oi),{once:!0})}),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=W(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}}static get observedAttributes(){return[pe.TYPE,pe.DISABLED,pe.CHECKED,pe.VALUE]}enable(){this.hasAttribute("tabindex")||this.setAttribute("tabindex","-1"),ea(this)&&!this.hasAttribute("aria-checked")&&this.setAttribute("aria-checked","false"),this.addEventListener("click",this),this.addEventListener("keydown",this)}disable(){this.removeAttribute("tabindex"),this.removeEventListener("click",this),this.removeEventListener("keydown",this),this.removeEventListener("keyup",this)}handleEvent(e){switch(e.type){case"slotchange":li(this,vn,ql).call(this,e);break;case"click":this.handleClick(e);break;case"keydown":ie(this,En).call(this,e);break;case"keyup":ie(this,oi).call(this,e);break}}attributeChangedCallback(e,i,a){e===pe.CHECKED&&ea(this)&&!ie(this,Pr)?this.setAttribute("aria-checked",a!=null?"true":"false"):e===pe.TYPE&&a!==i?this.role="menuitem"+a:e===pe.DISABLED&&a!==i&&(a==null?this.enable():this.disable())}connectedCallback(){this.hasAttribute(pe.DISABLED)||this.enable(),this.role="menuitem"+this.type,pn(this,ta,gn(this,this.parentNode)),li(this,Nr,fn).call(this),this.submenuElement&&li(this,Hr,bn).call(this),this.shadowRoot.addEventListener("slotchange",this)}disconnectedCallback(){this.disable(),li(this,Nr,fn).call(this),pn(this,ta,null),this.shadowRoot.removeEventListener("slotchange",this)}get invokeTarget(){return this.getAttribute("invoketarget")}set invokeTarget(e){this.setAttribute("invoketarget",`${e}`)}get invokeTargetElement(){var e;return this.invokeTarget?(e=ct(this))==null?void 0:e.querySelector(`#${this.invokeTarget}`):this.submenuElement}get submenuElement(){return this.shadowRoot.querySelector('slot[name="submenu"]').assignedElements({flatten:!0})[0]}get type(){var e;return(e=this.getAttribute(pe.TYPE))!=null?e:""}set type(e){this.setAttribute(pe.TYPE,`${e}`)}get value(){var e;return(e=this.getAttribute(pe.VALUE))!=null?e:this.text}set value(e){this.setAttribute(pe.VALUE,e)}get text(){var e;return((e=this.textContent)!=null?e:"").trim()}get checked(){if(ea(this))return this.getAttribute("aria-checked")==="true"}set checked(e){ea(this)&&(pn(this,Pr,!0),this.setAttribute("aria-checked",e?"true":"false"),e?this.part.add("checked"):this.part.remove("checked"))}handleClick(e){ea(this)||this.invokeTargetElement&&ee(this,e.target)&&this.invokeTargetElement.dispatchEvent(new st({relatedTarget:this}))}get keysUsed(){return["Enter"," "]}};Pr=new WeakMap;ta=new WeakMap;vn=new WeakSet;ql=function(t){let e=t.target;if(!e?.name)for(let a of e.assignedNodes({flatten:!0}))a instanceof Text&&a.textContent.trim()===""&&a.remove();e.name==="submenu"&&(this.submenuElement?li(this,Hr,bn).call(this):li(this,An,Yl).call(this))};Hr=new WeakSet;bn=async function(){this.setAttribute("aria-haspopup","menu"),this.setAttribute("aria-expanded",`${!this.submenuElement.hidden}`),this.submenuElement.addEventListener("change",ie(this,Ue)),this.submenuElement.addEventListener("addmenuitem",ie(this,Ue)),this.submenuElement.addEventListener("removemenuitem",ie(this,Ue)),ie(this,Ue).call(this)};An=new WeakSet;Yl=function(){this.removeAttribute("aria-haspopup"),this.removeAttribute("aria-expanded"),this.submenuElement.removeEventListener("change",ie(this,Ue)),this.submenuElement.removeEventListener("addmenuitem",ie(this,Ue)),this.submenuElement.removeEventListener("removemenuitem",ie(this,Ue)),ie(this,Ue).call(this)};Ue=new WeakMap;oi=new WeakMap;En=new WeakMap;Nr=new WeakSet;fn=function(){var t;let e=(t=ie(this,ta))==null?void 0:t.radioGroupItems;if(!e)return;let i=e.filter(a=>a.getAttribute("aria-checked")==="true").pop();i||(i=e[0]);for(let a of e)a.setAttribute("aria-checked","false");i?.setAttribute("aria-checked","true")};di.shadowRootOptions={mode:"open"};di.getTemplateHTML=eu;di.getSuffixSlotInnerHTML=tu;function ea(t){return t.type==="radio"||t.type==="checkbox"}function gn(t,e){if(!t)return null;let{host:i}=t.getRootNode();return!e&&i?gn(t,i):e?.items?e:gn(e,e?.parentNode)}l.customElements.get("media-chrome-menu-item")||l.customElements.define("media-chrome-menu-item",di);export{od as addTranslation,Kr as setLanguage};
