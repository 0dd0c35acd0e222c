/** Whether pictures are drawn by the processor, for want of a graphics card: each is dear then. */
const RENDERERS = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** Asks the canvas of a map, once it has a context. */
export function isDrawnBySoftware(canvas: HTMLCanvasElement): boolean {
  const gl = canvas.getContext('webgl2');
  if (!gl) return false;
  // Firefox tells the renderer's name at once, other browsers by the extension only.
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  return RENDERERS.test(String(gl.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER)));
}
