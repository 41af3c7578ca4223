{{- define "invoicesite.name" -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{- define "invoicesite.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}

{{- define "invoicesite.account" -}}
{{ .Values.serviceAccount.name | default (include "invoicesite.name" .) }}
{{- end -}}

{{- define "invoicesite.selector" -}}
app.kubernetes.io/name: invoicesite
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "invoicesite.labels" -}}
{{ include "invoicesite.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end -}}

{{/* What every pod has: its account, its user, and where it may be placed. */}}
{{- define "invoicesite.pod" -}}
serviceAccountName: {{ include "invoicesite.account" . }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile: {type: RuntimeDefault}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
volumes:
  - name: tmp
    emptyDir: {sizeLimit: 1Gi}
  - name: uploads
    emptyDir: {sizeLimit: 2Gi}
  - name: counters
    emptyDir: {sizeLimit: 64Mi}
{{- end -}}

{{/* What every container has: the image, a root that cannot be written, and its environment. */}}
{{- define "invoicesite.container" -}}
image: {{ include "invoicesite.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
volumeMounts:
  - {name: tmp, mountPath: /tmp}
  - {name: uploads, mountPath: /srv/invoicesite/var/tmp}
  - {name: counters, mountPath: /srv/invoicesite/var/prometheus}
{{- with .Values.existingSecret }}
envFrom:
  - secretRef: {name: {{ . }}}
{{- end }}
env:
  - {name: LOG_FORMAT, value: json}
{{- range $name, $value := .Values.env }}
  - name: {{ $name }}
    value: {{ $value | quote }}
{{- end }}
{{- end -}}
