{{- define "inkqueue.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end }}

{{/* Labels that select the pods of a component. Call with (dict "root" $ "component" "api"). */}}
{{- define "inkqueue.selector" -}}
app.kubernetes.io/name: inkqueue
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "inkqueue.labels" -}}
{{ include "inkqueue.selector" . }}
app.kubernetes.io/version: {{ .root.Values.image.tag | default .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{- define "inkqueue.image" -}}
{{- with .root.Values.image.registry }}{{ trimSuffix "/" . }}/{{ end -}}
inkqueue-{{ .component }}:{{ .root.Values.image.tag | default .root.Chart.AppVersion }}
{{- end }}

{{/* Environment variables from a map, sorted by name. Large numbers of a values file are floats: 5e+08 is no setting. */}}
{{- define "inkqueue.variables" -}}
{{- range $name, $value := . }}
- name: {{ $name }}
  value: {{ if kindIs "float64" $value }}{{ int64 $value | quote }}{{ else }}{{ toString $value | quote }}{{ end }}
{{- end }}
{{- end }}

{{- define "inkqueue.redisUrl" -}}
- name: REDIS_URL
{{- if .Values.redis.existingSecret }}
  valueFrom:
    secretKeyRef:
      name: {{ .Values.redis.existingSecret }}
      key: REDIS_URL
{{- else }}
  value: redis://{{ include "inkqueue.fullname" . }}-redis:6379
{{- end }}
{{- end }}

{{- define "inkqueue.webhookSecret" -}}
- name: WEBHOOK_SECRET
  valueFrom:
    secretKeyRef:
      name: {{ required "Set webhooks.existingSecret to the Secret that has WEBHOOK_SECRET" .Values.webhooks.existingSecret }}
      key: WEBHOOK_SECRET
{{- end }}

{{/* The components whose processes are the service's own, as JSON. */}}
{{- define "inkqueue.processes" -}}
{{ ternary (list "api" "worker" "webhooks") (list "api" "worker") .Values.webhooks.enabled | toJson }}
{{- end }}

{{- define "inkqueue.metricsPort" -}}
{{ if .Values.metrics.enabled }}9464{{ else }}0{{ end }}
{{- end }}

{{/* Whole seconds of a time in milliseconds, and five on top in which the process ends by itself. */}}
{{- define "inkqueue.graceSeconds" -}}
{{ add (div (add (int64 .) 999) 1000) 5 }}
{{- end }}

{{/* The user of an image; its name alone does not tell Kubernetes that it is not root. Call with its number. */}}
{{- define "inkqueue.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ . }}
runAsGroup: {{ . }}
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "inkqueue.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop:
    - ALL
{{- end }}

{{- define "inkqueue.scheduling" -}}
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
