import { shapeText, valueOf } from '@convscope/gpu-engine/graph';
import type { Model } from '@convscope/formats';
import { layersOf } from './layers.ts';
import type { Method } from './method.ts';
import { isRectifier } from './signal/relu-rules.ts';

/** Whether a method works on a model: what command lines, lists of methods and coverage reports are made from. */
export interface Applicability {
  readonly name: string;
  readonly title: string;
  readonly applies: boolean;
  /** Why it does not apply. */
  readonly reason?: string;
  /** What is special about it on this model, where it applies. */
  readonly remark?: string;
}

/** Undefined where the method works on the model, else why it does not. */
export function methodApplies(method: Method, model: Model): string | undefined {
  const facts = factsOf(model);
  return generalReason(method, facts) ?? method.applies?.(model);
}

/** Whether each of the methods works on the model. */
export function applicabilityOf(methods: readonly Method[], model: Model): readonly Applicability[] {
  const facts = factsOf(model);
  return methods.map((method) => {
    const { name, title } = method;
    const reason = generalReason(method, facts) ?? method.applies?.(model);
    const remark = reason === undefined ? remarkOn(method, facts) : undefined;
    return {
      name,
      title,
      applies: reason === undefined,
      ...(reason === undefined ? {} : { reason }),
      ...(remark === undefined ? {} : { remark }),
    };
  });
}

interface Facts {
  readonly noMaps: string | undefined;
  readonly noClasses: string | undefined;
  readonly hasRelu: boolean;
  readonly otherInputs: readonly string[];
}

function factsOf({ graph, input, logits }: Model): Facts {
  const scores = valueOf(graph, logits);
  const areScores = scores.dtype === 'float32' && scores.shape.length === 2;
  const hasMaps = layersOf(graph).some(({ kind, shape }) => kind === 'features' && !(shape[1] === 1 && shape[2] === 1));
  const hasConvolution = graph.nodes.some(({ op }) => op === 'conv2d' || op === 'convTranspose2d');
  return {
    noMaps: hasMaps
      ? undefined
      : `the network has no feature maps${hasConvolution ? '' : ': no layer is a convolution'}`,
    noClasses: areScores
      ? undefined
      : `the network gives no class scores: its output ${scores.name} is ${shapeText(scores.shape)}`,
    hasRelu: graph.nodes.some(isRectifier),
    otherInputs: graph.inputs.filter((name) => name !== input),
  };
}

function generalReason({ explains, layer }: Method, { noMaps, noClasses, otherInputs }: Facts): string | undefined {
  if (otherInputs.length > 0) return `the network wants more than a picture: ${otherInputs.join(', ')}`;
  if (noClasses !== undefined && explains.length === 1 && explains[0] === 'class') return noClasses;
  return layer === 'first-features' || layer === 'last-features' ? noMaps : undefined;
}

/** Methods whose rules stand at ReLUs are the plain gradient where there are none. */
const RELU_METHODS = new Set(['guided-backprop', 'deconvnet', 'guided-grad-cam']);

function remarkOn({ name, explains }: Method, { noClasses, hasRelu }: Facts): string | undefined {
  if (!hasRelu && RELU_METHODS.has(name)) {
    const plain = name === 'guided-grad-cam' ? 'Grad-CAM times the plain gradient' : 'the plain gradient';
    return `the network has no ReLU, so this is ${plain}`;
  }
  return noClasses !== undefined && explains.includes('class')
    ? 'explains units only: there are no class scores'
    : undefined;
}

/** What the reader of a method's result on this model must know besides the method's own caveat. */
export function remarkFor(method: Method, model: Model): string | undefined {
  return remarkOn(method, factsOf(model));
}
