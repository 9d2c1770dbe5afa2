// Answers what Flux's own code makes of a case: one JSON object a line on the standard input, one answer a line on the standard output.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/fluxcd/pkg/envsubst"
	"github.com/fluxcd/pkg/kustomize"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/provider"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	"sigs.k8s.io/yaml"
)

// Question is one case: what is asked, and what it is asked of.
type Question struct {
	// Ask is substitute, substituteObject, emit, parse, build or buildPath.
	Ask string `json:"ask"`
	// Text that is substituted in, or YAML; for substituteObject that of the object.
	Text string `json:"text"`
	// Object that is written as YAML.
	Object map[string]any `json:"object"`
	// Variables are the values by name.
	Variables map[string]string `json:"variables"`
	// Loose substitutes as Flux did before 2.9: a variable without a value is empty.
	Loose bool `json:"loose"`
	// Files of a directory that exists in memory alone: path and content.
	Files map[string]string `json:"files"`
	// Root is the folder of a repository, and Kustomization one of Flux's that is built from it.
	Root          string         `json:"root"`
	Kustomization map[string]any `json:"kustomization"`
}

// Answer has what comes of it, or what is said instead.
type Answer struct {
	// Text is Go's: it may be no UTF-8, which JSON cannot hold.
	Text  []byte `json:"text,omitempty"`
	Value any    `json:"value,omitempty"`
	Error string `json:"error,omitempty"`
}

func main() {
	in, out := json.NewDecoder(bufio.NewReader(os.Stdin)), bufio.NewWriter(os.Stdout)
	for in.More() {
		var question Question
		if err := in.Decode(&question); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		answer := answer(question)
		if err := json.NewEncoder(out).Encode(answer); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		out.Flush()
	}
}

// A controller recovers from a panic, and reports it as the error that it is.
func answer(question Question) (answer Answer) {
	defer func() {
		if recovered := recover(); recovered != nil {
			answer = Answer{Error: fmt.Sprintf("panic: %v", recovered)}
		}
	}()
	text, value, err := ask(question)
	if err != nil {
		return Answer{Error: err.Error()}
	}
	return Answer{Text: text, Value: value}
}

func ask(q Question) ([]byte, any, error) {
	switch q.Ask {
	case "substitute":
		text, err := envsubst.Eval(q.Text, func(name string) (string, bool) {
			value, exists := q.Variables[name]
			return value, exists || q.Loose
		})
		return []byte(text), nil, err
	case "substituteObject":
		value, err := substituteObject([]byte(q.Text), q.Variables, !q.Loose)
		return nil, value, err
	case "emit":
		text, err := yaml.Marshal(q.Object)
		return text, nil, err
	case "parse":
		value, err := parse([]byte(q.Text))
		return nil, value, err
	case "build":
		value, err := build(q.Files)
		return nil, value, err
	case "buildPath":
		value, err := buildPath(q.Root, unstructured.Unstructured{Object: q.Kustomization})
		return nil, value, err
	}
	return nil, nil, fmt.Errorf("nobody knows what %q asks", q.Ask)
}

// substituteObject does what kustomize-controller does with an object that kustomize read from a file.
func substituteObject(file []byte, variables map[string]string, strict bool) (any, error) {
	resource, err := provider.NewDefaultDepProvider().GetResourceFactory().FromBytes(file)
	if err != nil {
		return nil, err
	}
	values := map[string]any{}
	for name, value := range variables {
		values[name] = value
	}
	kustomization := unstructured.Unstructured{Object: map[string]any{
		"spec": map[string]any{"postBuild": map[string]any{"substitute": values}},
	}}
	substituted, err := kustomize.SubstituteVariables(context.Background(), nil, kustomization, resource,
		kustomize.SubstituteWithDryRun(true), kustomize.SubstituteWithStrict(strict))
	if err != nil {
		return nil, err
	}
	if substituted != nil {
		resource = substituted
	}
	text, err := resource.AsYAML()
	if err != nil {
		return nil, err
	}
	return parse(text)
}

func parse(text []byte) (any, error) {
	value, err := yaml.YAMLToJSON(text)
	return json.RawMessage(value), err
}

// build is `kustomize build` of a directory.
func build(files map[string]string) (any, error) {
	fs := filesys.MakeFsInMemory()
	for path, content := range files {
		if err := fs.WriteFile(filepath.Join("/", path), []byte(content)); err != nil {
			return nil, err
		}
	}
	built, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(fs, "/")
	if err != nil {
		return nil, err
	}
	return objects(built)
}

// buildPath does what kustomize-controller does with the path of a Kustomization: it writes a kustomization.yaml where there is none,
// puts what the Kustomization says into it, and builds it. The folder is changed.
func buildPath(root string, kustomization unstructured.Unstructured) (any, error) {
	path, found, err := unstructured.NestedString(kustomization.Object, "spec", "path")
	if err != nil || !found {
		return nil, errors.New("the Kustomization has no path")
	}
	directory := filepath.Join(root, path)
	if _, err := kustomize.NewGenerator(root, kustomization).WriteFile(directory, kustomize.WithSaveOriginalKustomization()); err != nil {
		return nil, err
	}
	built, err := kustomize.SecureBuild(root, directory, false)
	if err != nil {
		return nil, err
	}
	return objects(built)
}

func objects(built resmap.ResMap) (any, error) {
	var all []any
	for _, resource := range built.Resources() {
		text, err := resource.AsYAML()
		if err != nil {
			return nil, err
		}
		object, err := parse(text)
		if err != nil {
			return nil, err
		}
		all = append(all, object)
	}
	return all, nil
}
