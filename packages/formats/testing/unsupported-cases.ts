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
  ['test_convtranspose_3d', 'convolutions have one or two spatial dimensions'],
  ...[
    'test_training_dropout',
    'test_training_dropout_default',
    'test_training_dropout_default_mask',
    'test_training_dropout_mask',
  ].map((name) => [name, "numpy's random numbers; networks are read as they are used, without dropout"] as const),
]);
