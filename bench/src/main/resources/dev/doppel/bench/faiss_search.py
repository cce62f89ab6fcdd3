"""Searches with faiss on command: one command a line, one answer a line. SearchBench starts it."""
import ctypes
import sys
import time

try:
    import faiss
    import numpy as np
except ImportError as missing:
    print("missing", missing, flush=True)
    sys.exit(0)


def fvecs(path, limit):
    dim = int(np.fromfile(path, "<i4", 1)[0])
    rows = np.memmap(path, "<f4", "r").reshape(-1, dim + 1)[:limit, 1:]
    return np.ascontiguousarray(rows)


base, queries = fvecs(sys.argv[1], int(sys.argv[3])), fvecs(sys.argv[2], int(sys.argv[4]))
k, dim = int(sys.argv[5]), base.shape[1]
loaded = {line.split()[-1] for line in open("/proc/self/maps") if "/" in line}
openblas = next((ctypes.CDLL(path) for path in loaded if "openblas" in path and "libblas" in path), None)
indexes = {"flat": faiss.IndexFlatIP(dim)}
indexes["flat"].add(base)


def blas():
    if openblas is None:
        return "reference " + " ".join(path for path in loaded if "libblas" in path)
    openblas.openblas_get_corename.restype = ctypes.c_char_p
    return "OpenBLAS " + openblas.openblas_get_corename().decode()


def threads(count):
    faiss.omp_set_num_threads(count)
    if openblas is not None:
        openblas.openblas_set_num_threads(count)


def search(name, ef=0):
    if ef:
        indexes[name].hnsw.efSearch = ef
    return indexes[name].search(queries, k)[1]


truth = search("flat")[:, 0]
options = faiss.get_compile_options() if hasattr(faiss, "get_compile_options") else "unknown options"
print("ready", f"faiss {faiss.__version__} ({options.strip()}), {blas()}", flush=True)

for line in sys.stdin:
    command, *words = line.split()
    if command == "threads":
        threads(int(words[0]))
        answer = "done"
    elif command == "hnsw":
        index = faiss.IndexHNSWFlat(dim, int(words[0]), faiss.METRIC_INNER_PRODUCT)
        index.hnsw.efConstruction = int(words[1])
        begin = time.time()
        index.add(base)
        answer = time.time() - begin
        indexes["hnsw"] = index
    elif command == "recall":
        answer = float((search(words[0], int(words[1]))[:, 0] == truth).mean())
    elif command == "batch":
        search(words[0], int(words[1]))
        answer = "done"
    elif command == "singles":
        if int(words[1]):
            indexes[words[0]].hnsw.efSearch = int(words[1])
        for i in range(int(words[2])):
            indexes[words[0]].search(queries[i:i + 1], k)
        answer = "done"
    elif command == "product":
        side = int(words[0])
        a = np.ones((side, side), np.float32)
        a @ a
        begin = time.time()
        a @ a
        answer = 2e-9 * side**3 / (time.time() - begin)
    else:
        answer = "unknown " + command
    print(answer, flush=True)
