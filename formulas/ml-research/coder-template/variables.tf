variable "namespace" {
  type        = string
  description = "Kubernetes namespace of the workspaces. It must exist."
  default     = "coder-workspaces"
}

variable "use_kubeconfig" {
  type        = bool
  description = "Use the kubeconfig of the machine that the provisioner runs on. False: the provisioner runs inside the cluster."
  default     = false
}

variable "storage_class" {
  type        = string
  description = "Storage class of the home folders. Empty: the cluster's default."
  default     = ""
}

variable "image_repository" {
  type        = string
  description = "Image of the workspaces, without its tag: the tag is made of the chosen Python version, such as 3.12-bookworm. It must have git, Python with pip and pipx, and a user with id 1000 and home /home/vscode. CUDA need not be in it: PyTorch's packages bring it, the node brings the driver."
  default     = "mcr.microsoft.com/devcontainers/python"
}

variable "gpu_resource" {
  type        = string
  description = "Name under which the cluster's device plugin offers GPUs."
  default     = "nvidia.com/gpu"
}

variable "gpu_node_selectors" {
  type        = map(map(string))
  description = "Labels of the nodes that have each kind of GPU. The defaults are those of NVIDIA's GPU feature discovery; managed clusters have labels of their own, such as cloud.google.com/gke-accelerator."
  default = {
    any  = {}
    t4   = { "nvidia.com/gpu.product" = "Tesla-T4" }
    l4   = { "nvidia.com/gpu.product" = "NVIDIA-L4" }
    a100 = { "nvidia.com/gpu.product" = "NVIDIA-A100-SXM4-80GB" }
    h100 = { "nvidia.com/gpu.product" = "NVIDIA-H100-80GB-HBM3" }
  }
}

variable "gpu_tolerations" {
  type = list(object({
    key      = string
    operator = string
    value    = optional(string)
    effect   = string
  }))
  description = "Taints of GPU nodes that workspaces with a GPU tolerate."
  default = [{
    key      = "nvidia.com/gpu"
    operator = "Exists"
    effect   = "NoSchedule"
  }]
}

variable "gpu_runtime_class" {
  type        = string
  description = "Runtime class of workspaces with a GPU, such as nvidia. Empty: the cluster's default."
  default     = ""
}

variable "uv_version" {
  type        = string
  description = "Version of uv, which installs the project's packages."
  default     = "0.13.9"
}

variable "git_external_auth_id" {
  type        = string
  description = "Id of Coder's external authentication for Gitea (CODER_EXTERNAL_AUTH_0_ID). With it, git in the workspace uses the person's own access. Empty: git asks for credentials."
  default     = ""
}

variable "anthropic_api_key" {
  type        = string
  description = "API key of Claude Code. Empty: each person signs in, or the AI gateway is used."
  default     = ""
  sensitive   = true
}

variable "enable_ai_gateway" {
  type        = bool
  description = "Send Claude Code's requests through Coder's AI gateway with the person's own session."
  default     = false
}

variable "claude_code_version" {
  type        = string
  description = "Version of Claude Code."
  default     = "latest"
}
