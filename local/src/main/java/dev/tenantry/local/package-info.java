/// The whole service on a developer's machine: reads `template.yaml` and serves it as AWS would, offline.
@NullMarked
package dev.tenantry.local;

import org.jspecify.annotations.NullMarked;
