# The names and the values of the options are those of the form in
# ../backstage-template.yaml: both change together.

data "coder_parameter" "cpu" {
  name         = "cpu"
  display_name = "Cores"
  description  = "Most cores that the workspace may use."
  type         = "number"
  icon         = "/icon/memory.svg"
  default      = 2
  mutable      = true
  order        = 1

  option {
    name  = "2 cores"
    value = 2
  }
  option {
    name  = "4 cores"
    value = 4
  }
  option {
    name  = "8 cores"
    value = 8
  }
}

data "coder_parameter" "memory" {
  name         = "memory"
  display_name = "Memory"
  description  = "Most memory that the workspace may use."
  type         = "number"
  icon         = "/icon/memory.svg"
  default      = 4
  mutable      = true
  order        = 2

  option {
    name  = "4 GB"
    value = 4
  }
  option {
    name  = "8 GB"
    value = 8
  }
  option {
    name  = "16 GB"
    value = 16
  }
}

data "coder_parameter" "home_disk_size" {
  name         = "home_disk_size"
  display_name = "Disk"
  description  = "Size of the home folder. It can grow later, not shrink."
  type         = "number"
  icon         = "/icon/database.svg"
  default      = 10
  mutable      = true
  order        = 3

  option {
    name  = "10 GB"
    value = 10
  }
  option {
    name  = "20 GB"
    value = 20
  }
  option {
    name  = "50 GB"
    value = 50
  }
}

data "coder_parameter" "node_version" {
  name         = "node_version"
  display_name = "Node.js"
  description  = "Major version of Node.js."
  type         = "string"
  icon         = "/icon/node.svg"
  default      = "24"
  mutable      = true
  order        = 4

  option {
    name  = "Node.js 22"
    value = "22"
  }
  option {
    name  = "Node.js 24"
    value = "24"
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
  order        = 5
}

data "coder_workspace_preset" "standard" {
  name    = "Standard"
  default = true
  parameters = {
    cpu            = "2"
    memory         = "4"
    home_disk_size = "10"
    node_version   = "24"
  }
}

data "coder_workspace_preset" "large" {
  name = "Large"
  parameters = {
    cpu            = "8"
    memory         = "16"
    home_disk_size = "50"
    node_version   = "24"
  }
}
