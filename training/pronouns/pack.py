"""A graph's large matrices in four bits: half the bytes of int8, for an encoder that would be too large to ship."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import GraphProto, NodeProto, TensorProto, helper, numpy_helper

BLOCK = 64  # values of a row that share a scale
LARGE = 1 << 18  # values of a matrix that is packed
DOMAIN = "com.microsoft"
IR_VERSION = 10  # the first that has four-bit tensors


def pack(plain: Path, path: Path) -> None:
    """Write the graph at `plain` to `path`, the large matrices that it multiplies by or takes rows of packed."""
    model = onnx.load(plain)
    graph = model.graph
    matrices = {m.name: numpy_helper.to_array(m) for m in graph.initializer if len(m.dims) == 2}
    large = {name for name, matrix in matrices.items() if matrix.size >= LARGE and matrix.dtype == np.float32}
    for k, node in enumerate(list(graph.node)):
        if node.op_type == "Gemm" and node.input[1] in large:
            graph.node[k].CopyFrom(_pack_product(graph, node, matrices[node.input[1]]))
        elif node.op_type == "Gather" and node.input[0] in large:
            graph.node[k].CopyFrom(_pack_rows(graph, node, matrices[node.input[0]]))
    used = {name for node in graph.node for name in node.input}
    kept = [tensor for tensor in graph.initializer if tensor.name in used]
    del graph.initializer[:]
    graph.initializer.extend(kept)
    model.ir_version = max(model.ir_version, IR_VERSION)
    model.opset_import.append(helper.make_opsetid(DOMAIN, 1))
    onnx.save(model, path)


def _pack_product(graph: GraphProto, node: NodeProto, matrix: NDArray[np.float32]) -> NodeProto:
    """A product with a matrix [out, in], its scales by blocks of what comes in."""
    whole, scales = _round(matrix)
    size, width = matrix.shape
    packed = _pair(whole + 8).reshape(size, width // BLOCK, BLOCK // 2)
    names = _store(graph, node.input[1], numpy_helper.from_array(packed), scales.ravel())
    return helper.make_node(
        "MatMulNBits", [node.input[0], *names, "", "", node.input[2]], list(node.output), domain=DOMAIN,
        K=width, N=size, bits=4, block_size=BLOCK,
    )  # fmt: skip


def _pack_rows(graph: GraphProto, node: NodeProto, matrix: NDArray[np.float32]) -> NodeProto:
    """Rows of a matrix [rows, size]."""
    whole, scales = _round(matrix)
    packed = helper.make_tensor("", TensorProto.INT4, matrix.shape, _pair(whole).tobytes(), raw=True)
    names = _store(graph, node.input[0], packed, scales)
    return helper.make_node(
        "GatherBlockQuantized", [names[0], node.input[1], names[1]], list(node.output), domain=DOMAIN,
        gather_axis=0, quantize_axis=1, block_size=BLOCK,
    )  # fmt: skip


def _round(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Whole numbers from -8 to 7 in the matrix's shape, and what they are multiplied by, [rows, blocks]."""
    blocks = matrix.reshape(len(matrix), -1, BLOCK)
    largest = np.take_along_axis(blocks, np.abs(blocks).argmax(2, keepdims=True), 2)
    # the largest of a block is -8 exactly: there is one more below nought than above it
    scales = np.where(largest == 0, 1, largest / -8).astype(np.float32)
    return np.clip(np.rint(blocks / scales), -8, 7).astype(np.int8).reshape(matrix.shape), scales[..., 0]


def _pair(whole: NDArray[np.int8]) -> NDArray[np.uint8]:
    """Two numbers a byte, the first in its low half."""
    flat = (whole & 15).astype(np.uint8).ravel()
    return np.asarray(flat[::2] + 16 * flat[1::2], np.uint8)


def _store(graph: GraphProto, name: str, packed: TensorProto, scales: NDArray[np.float32]) -> list[str]:
    packed.name = f"{name}_packed"
    graph.initializer.extend([packed, numpy_helper.from_array(scales, f"{name}_scales")])
    return [packed.name, f"{name}_scales"]
