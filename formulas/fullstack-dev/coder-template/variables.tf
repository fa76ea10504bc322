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
  description = "Image of the workspaces, without its tag: the tag is made of the chosen Node.js version, such as 24-bookworm. It must have git and a user with id 1000 and home /home/node."
  default     = "mcr.microsoft.com/devcontainers/typescript-node"
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
