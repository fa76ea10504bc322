# The names and the values of the options are those of the form in
# ../backstage-template.yaml: both change together.

data "coder_parameter" "cpu" {
  name         = "cpu"
  display_name = "Cores"
  description  = "Most cores that the workspace may use."
  type         = "number"
  icon         = "/icon/memory.svg"
  default      = 4
  mutable      = true
  order        = 1

  option {
    name  = "4 cores"
    value = 4
  }
  option {
    name  = "8 cores"
    value = 8
  }
  option {
    name  = "16 cores"
    value = 16
  }
}

data "coder_parameter" "memory" {
  name         = "memory"
  display_name = "Memory"
  description  = "Most memory that the workspace may use. A quarter of it is shared memory for data loaders."
  type         = "number"
  icon         = "/icon/memory.svg"
  default      = 16
  mutable      = true
  order        = 2

  option {
    name  = "16 GB"
    value = 16
  }
  option {
    name  = "32 GB"
    value = 32
  }
  option {
    name  = "64 GB"
    value = 64
  }
}

data "coder_parameter" "gpu" {
  name         = "gpu"
  display_name = "GPUs"
  description  = "GPUs that the workspace holds while it runs. Stop it to give them back."
  type         = "number"
  icon         = "/icon/memory.svg"
  default      = 0
  mutable      = true
  order        = 3

  option {
    name  = "None"
    value = 0
  }
  option {
    name  = "1 GPU"
    value = 1
  }
  option {
    name  = "2 GPUs"
    value = 2
  }
  option {
    name  = "4 GPUs"
    value = 4
  }
}

data "coder_parameter" "gpu_kind" {
  name         = "gpu_kind"
  display_name = "Kind of GPU"
  description  = "Matters only with a GPU."
  type         = "string"
  icon         = "/icon/memory.svg"
  default      = "any"
  mutable      = true
  order        = 4

  option {
    name  = "Any that is free"
    value = "any"
  }
  option {
    name  = "NVIDIA T4"
    value = "t4"
  }
  option {
    name  = "NVIDIA L4"
    value = "l4"
  }
  option {
    name  = "NVIDIA A100"
    value = "a100"
  }
  option {
    name  = "NVIDIA H100"
    value = "h100"
  }
}

data "coder_parameter" "home_disk_size" {
  name         = "home_disk_size"
  display_name = "Disk"
  description  = "Size of the home folder, with packages, data and weights. It can grow later, not shrink."
  type         = "number"
  icon         = "/icon/database.svg"
  default      = 50
  mutable      = true
  order        = 5

  option {
    name  = "50 GB"
    value = 50
  }
  option {
    name  = "100 GB"
    value = 100
  }
  option {
    name  = "200 GB"
    value = 200
  }
}

data "coder_parameter" "python_version" {
  name         = "python_version"
  display_name = "Python"
  description  = "Version of Python."
  type         = "string"
  icon         = "/icon/python.svg"
  default      = "3.12"
  mutable      = true
  order        = 6

  option {
    name  = "Python 3.11"
    value = "3.11"
  }
  option {
    name  = "Python 3.12"
    value = "3.12"
  }
  option {
    name  = "Python 3.13"
    value = "3.13"
  }
}

data "coder_parameter" "git_repo" {
  name         = "git_repo"
  display_name = "Repository"
  description  = "Clone URL of the repository to work on. Empty: none."
  type         = "string"
  icon         = "/icon/git.svg"
  default      = ""
  mutable      = false
  order        = 7
}

data "coder_workspace_preset" "explore" {
  name    = "Explore"
  default = true
  parameters = {
    cpu            = "4"
    memory         = "16"
    gpu            = "0"
    gpu_kind       = "any"
    home_disk_size = "50"
    python_version = "3.12"
  }
}

data "coder_workspace_preset" "train" {
  name = "Train"
  parameters = {
    cpu            = "8"
    memory         = "32"
    gpu            = "1"
    gpu_kind       = "any"
    home_disk_size = "100"
    python_version = "3.12"
  }
}
