/** The cases of ONNX's node tests on float32 operators of CNNs that cannot pass here, with the reasons. */
export const unsupportedCases: ReadonlyMap<string, string> = new Map([
  ...[
    'test_cast_FLOAT_to_FLOAT4E2M1',
    'test_cast_FLOAT_to_FLOAT8E4M3FN',
    'test_cast_FLOAT_to_FLOAT8E4M3FNUZ',
    'test_cast_FLOAT_to_FLOAT8E5M2',
    'test_cast_FLOAT_to_FLOAT8E5M2FNUZ',
    'test_cast_e8m0_FLOAT_to_FLOAT8E8M0',
    'test_cast_no_saturate_FLOAT_to_FLOAT8E4M3FN',
    'test_cast_no_saturate_FLOAT_to_FLOAT8E4M3FNUZ',
    'test_cast_no_saturate_FLOAT_to_FLOAT8E5M2',
    'test_cast_no_saturate_FLOAT_to_FLOAT8E5M2FNUZ',
  ].map((name) => [name, 'floats of 4 and 8 bits are not read; the engine computes in float32'] as const),
  ['test_cast_FLOAT_to_BFLOAT16', 'the engine computes in float32; only weights are read from bfloat16'],
  ...[
    'test_training_dropout',
    'test_training_dropout_default',
    'test_training_dropout_default_mask',
    'test_training_dropout_mask',
  ].map((name) => [name, "numpy's random numbers; networks are read as they are used, without dropout"] as const),
]);

/** The same of ONNX's pytorch-converted, pytorch-operator and simple tests; README.md has the totals. */
export const unsupportedModelCases: ReadonlyMap<string, string> = new Map([
  ...['add_broadcast', 'add_size1_right_broadcast', 'add_size1_singleton_broadcast', 'addconstant'].map(
    (name) =>
      [`test_operator_${name}`, 'doubles up to 1e250; the engine computes in float32, which ends at 3.4e38'] as const,
  ),
  ...[1, 2, 3, 4, 5, 6, 7, 8].map(
    (number) => [`test_sequence_model${number}`, 'sequences of tensors; networks here compute tensors'] as const,
  ),
  ...['add', 'add_and_mul'].map(
    (name) =>
      [`test_gradient_of_${name}`, "the domain ai.onnx.preview.training; gradients are the engine's own"] as const,
  ),
  ...[
    'monday_casesensintive_lower',
    'monday_casesensintive_nochangecase',
    'monday_casesensintive_upper',
    'monday_empty_output',
    'monday_insensintive_upper_twodim',
    'nostopwords_nochangecase',
  ].map((name) => [`test_strnorm_model_${name}`, 'tensors of strings'] as const),
]);
