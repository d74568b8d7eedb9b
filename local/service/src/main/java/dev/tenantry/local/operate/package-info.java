/// The operator's commands on a command line: `./operate`.
@NullMarked
package dev.tenantry.local.operate;

import org.jspecify.annotations.NullMarked;
