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
  description = "Image of the workspaces, without its tag: the tag is made of the chosen Python version, such as 3.12-bookworm. It must have git, Python with pip, and a user with id 1000 and home /home/vscode."
  default     = "mcr.microsoft.com/devcontainers/python"
}

variable "data_storage_class" {
  type        = string
  description = "Storage class of the data volumes, which may be slower and cheaper. Empty: the cluster's default."
  default     = ""
}

variable "postgres_image" {
  type        = string
  description = "Image of the PostgreSQL beside the workspace. Its user postgres must have the id 999, as the Debian variants have."
  default     = "postgres:17-bookworm"
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
