/**
 * Dots, each a point of one size, for what is so small that it needs neither an edge nor a click. A
 * graphics card that is none (software on a virtual desktop) draws instances one by one, at some thirty
 * microseconds each; points it draws all at once.
 */
import { color, Layer, project32, type Accessor, type UpdateParameters } from '@deck.gl/core';
import { Model } from '@luma.gl/engine';
import type { ShaderModule } from '@luma.gl/shadertools';

const vs = `\
#version 300 es
in vec3 positions;
in vec3 positions64Low;
in vec4 colours;
out vec4 vColour;
flat out float radius;

void main(void) {
  geometry.worldPosition = positions;
  gl_Position = project_position_to_clipspace(positions, positions64Low, vec3(0.0));
  radius = 0.5 * dots.diameter * project.devicePixelRatio;
  // Half a pixel more on every side, in which its edge fades away.
  gl_PointSize = 2.0 * radius + 1.0;
  vColour = vec4(colours.rgb, colours.a * layer.opacity);
}
`;

const fs = `\
#version 300 es
precision highp float;
in vec4 vColour;
flat in float radius;
out vec4 fragColor;

void main(void) {
  float away = length(gl_PointCoord - 0.5) * (2.0 * radius + 1.0);
  fragColor = vec4(vColour.rgb, vColour.a * clamp(radius + 0.5 - away, 0.0, 1.0));
}
`;

interface DotUniforms {
  diameter: number;
}
const block = `\
layout(std140) uniform dotsUniforms {
  float diameter;
} dots;
`;
const dots = {
  name: 'dots',
  vs: block,
  fs: block,
  uniformTypes: { diameter: 'f32' },
} as const satisfies ShaderModule<DotUniforms>;

interface OwnProps {
  /** CSS pixels. */
  diameter: number;
  getPosition?: Accessor<unknown, [number, number]>;
  getFillColor?: Accessor<unknown, [number, number, number, number]>;
}

export class DotLayer extends Layer<OwnProps> {
  static override layerName = 'DotLayer';
  static override defaultProps = {
    diameter: 1,
    getPosition: { type: 'accessor', value: [0, 0] },
    getFillColor: { type: 'accessor', value: [0, 0, 0, 255] },
  };
  declare state: { model?: Model };

  override getShaders() {
    return super.getShaders({ vs, fs, modules: [project32, color, dots] });
  }

  initializeState(): void {
    this.getAttributeManager()?.add({
      positions: {
        size: 3,
        type: 'float64',
        fp64: this.use64bitPositions(),
        accessor: 'getPosition',
      },
      colours: { size: 4, type: 'unorm8', accessor: 'getFillColor', defaultValue: [0, 0, 0, 255] },
    });
  }

  override updateState(parameters: UpdateParameters<this>): void {
    super.updateState(parameters);
    if (!parameters.changeFlags.extensionsChanged) return;
    this.state.model?.destroy();
    this.state.model = new Model(this.context.device, {
      ...this.getShaders(),
      id: this.props.id,
      topology: 'point-list',
      bufferLayout: this.getAttributeManager()?.getBufferLayouts() ?? [],
      isInstanced: false,
    });
    this.getAttributeManager()?.invalidateAll();
  }

  override draw(): void {
    const { model } = this.state;
    if (!model) return;
    model.setVertexCount(this.getNumInstances());
    model.shaderInputs.setProps({ dots: { diameter: this.props.diameter } });
    model.draw(this.context.renderPass);
  }
}
