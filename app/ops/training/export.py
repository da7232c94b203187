"""The fine-tuned network as an ONNX file, its large matrices in one byte a weight."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from app.base.encoder import WIDTH
from app.ops.training.network import BRANCHES, HEAD_SCALE, Parameters

OPSET: Final = 17
_LONG: Final = 2**31 - 1


def export(networks: Sequence[Parameters], path: Path) -> None:
    """Inputs `words` (texts, length, WIDTH) and `mask` (texts, length, 1), output `scores` (texts, labels): their mean."""
    import onnx  # noqa: PLC0415  training alone needs it
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415

    drawn = _Drawing(networks)
    drawn.mean()
    labels = int(networks[0]["heads_b"].shape[0])
    graph = onnx.helper.make_graph(
        drawn.nodes,
        "encoder",
        [
            onnx.helper.make_tensor_value_info("words", onnx.TensorProto.FLOAT, ["texts", "length", WIDTH]),
            onnx.helper.make_tensor_value_info("mask", onnx.TensorProto.FLOAT, ["texts", "length", 1]),
        ],
        [onnx.helper.make_tensor_value_info("scores", onnx.TensorProto.FLOAT, ["texts", labels])],
        drawn.tensors,
    )
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", OPSET)])
    model.ir_version = 8
    onnx.checker.check_model(model)
    path.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        onnx.save(model, str(whole))
        quantize_dynamic(whole, path, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul"], per_channel=True)


class _Drawing:
    """Draws the nodes one after the other; each method gives the name of what it made."""

    def __init__(self, networks: Sequence[Parameters]) -> None:
        import onnx  # noqa: PLC0415

        self._make = onnx.helper.make_node
        self._tensor = onnx.numpy_helper.from_array
        self._networks = [
            {name: np.asarray(value, dtype=np.float32) for name, value in each.items()} for each in networks
        ]
        self._at = 0
        self.nodes: list[Any] = []
        self.tensors: list[Any] = []

    def mean(self) -> None:
        """All networks, and the mean of their scores."""
        scores = []
        for at in range(len(self._networks)):
            self._at = at
            scores.append(self._encoder())
        self.nodes.append(self._make("Mean", scores, ["scores"]))

    def _encoder(self) -> str:
        parts = ["words", *(self._branch(size, left) for size, left in BRANCHES)]
        found = self.node("Mul", self._normed(self.node("Concat", *parts, axis=-1), ""), "mask")
        axes = self.constant("axis1", np.array([1], dtype=np.int64))
        many = self.node("ReduceSum", "mask", axes, keepdims=0)
        shift = self.node("Mul", many, self.weight("cnn_b"))
        summed = self._plus(self._times(self.node("ReduceSum", found, axes, keepdims=0), "cnn_W"), shift)
        mean = self.node("Div", summed, self.node("Sqrt", many))
        first = self._times(self.node("Relu", self._times(mean, "d0")), "d1")
        inner = self.node("Relu", self._plus(self._times(mean, "p1"), first))
        second = self._times(self.node("Relu", self._times(inner, "d2")), "d3")
        outer = self.node("Tanh", self._plus(self._times(inner, "p3"), second))
        vector = self.node("Concat", self._unit(outer), self._unit(mean), axis=-1)
        heads = self.constant(f"heads_{self._at}", HEAD_SCALE * self._networks[self._at]["heads"])
        return self.node("Gemm", vector, heads, self.weight("heads_b"))

    def _branch(self, size: int, left: int) -> str:
        kept = self._plus(self._times("words", f"proj{size}"), self.weight(f"proj_b{size}"))
        kept = self.node("Mul", self._normed(kept, f"{size}"), "mask")
        for turn in ("1", "2"):
            turned = self._plus(
                self._times(self._window(kept, size, left), f"w{turn}_{size}"), self.weight(f"b{turn}_{size}")
            )
            kept = self._plus(self.node("Relu", turned), kept)
            if turn == "1":
                kept = self.node("Mul", kept, "mask")
        return kept

    def _window(self, given: str, size: int, left: int) -> str:
        """Each word beside its neighbours: a slice a neighbour of the padded words."""
        right = size - 1 - left
        padded = self.node(
            "Pad", given, self.constant(f"pads{size}", np.array([0, left, 0, 0, right, 0], dtype=np.int64))
        )
        one, axis = (
            self.constant("one", np.array([1], dtype=np.int64)),
            self.constant("axis1", np.array([1], dtype=np.int64)),
        )
        slices = []
        for at in range(size):
            start = self.constant(f"at{at}", np.array([at], dtype=np.int64))
            stop = self.constant(f"to{at - size + 1}", np.array([at - size + 1 or _LONG], dtype=np.int64))
            slices.append(self.node("Slice", padded, start, stop, axis, one))
        return self.node("Concat", *slices, axis=-1)

    def _normed(self, given: str, name: str) -> str:
        """Layer normalisation over the last axis."""
        eps = float(self._networks[self._at]["eps"])
        return self.node(
            "LayerNormalization", given, self.weight(f"ln_g{name}"), self.weight(f"ln_b{name}"), axis=-1, epsilon=eps
        )

    def _unit(self, given: str) -> str:
        square = self.node(
            "ReduceSum",
            self.node("Mul", given, given),
            self.constant("last", np.array([-1], dtype=np.int64)),
            keepdims=1,
        )
        return self.node("Div", given, self.node("Sqrt", self.node("Max", square, self.weight("eps"))))

    def _times(self, given: str, name: str) -> str:
        return self.node("MatMul", given, self.weight(name))

    def _plus(self, one: str, other: str) -> str:
        return self.node("Add", one, other)

    def weight(self, name: str) -> str:
        return self.constant(f"{name}_{self._at}", self._networks[self._at][name])

    def constant(self, name: str, value: Any) -> str:
        if all(tensor.name != name for tensor in self.tensors):
            self.tensors.append(self._tensor(np.asarray(value), name))
        return name

    def node(self, kind: str, *given: str, **attributes: Any) -> str:
        made = f"n{len(self.nodes)}"
        self.nodes.append(self._make(kind, list(given), [made], **attributes))
        return made
