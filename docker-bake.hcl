# docker buildx bake --push, with REGISTRY and TAG set: the images for amd64 and arm64, each with its bill of materials (SBOM) and
# provenance. `docker buildx bake --print` shows what it would build.

variable "REGISTRY" {
  default = "inkqueue"
}
variable "TAG" {
  default = "latest"
}

group "default" {
  targets = ["api", "worker", "all-in-one"]
}

target "image" {
  context   = "."
  platforms = ["linux/amd64", "linux/arm64"]
  attest    = ["type=sbom", "type=provenance,mode=max"]
  labels = {
    "org.opencontainers.image.title"    = "Inkqueue"
    "org.opencontainers.image.version"  = TAG
    "org.opencontainers.image.licenses" = "MIT"
  }
}

target "api" {
  inherits   = ["image"]
  dockerfile = "Dockerfile.api"
  tags       = ["${REGISTRY}/inkqueue-api:${TAG}"]
}

target "worker" {
  inherits   = ["image"]
  dockerfile = "Dockerfile.worker"
  tags       = ["${REGISTRY}/inkqueue-worker:${TAG}"]
}

target "all-in-one" {
  inherits   = ["image"]
  dockerfile = "Dockerfile"
  tags       = ["${REGISTRY}/inkqueue:${TAG}"]
}
