// A session with the service by the client that openapi-generator makes for `go`.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"time"

	"session/tenantry"
)

var next = regexp.MustCompile(`<([^>]*)>; rel="next"`)

func main() {
	if err := session(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func session(service string) error {
	ctx := context.Background()
	prefix := "go-" + strconv.FormatInt(time.Now().UnixNano(), 36)
	ada, err := signIn(service, "ada@"+prefix+".example")
	if err != nil {
		return err
	}
	api := ada.TenantAPI

	// Page through the chargers of the demo tenant.
	viewer, err := signIn(service, "viewer@demo.example")
	if err != nil {
		return err
	}
	found := map[int64]tenantry.Charger{}
	listed, pages := 0, 0
	for cursor := ""; pages == 0 || cursor != ""; pages++ {
		call := viewer.ChargersAPI.ListChargers(ctx, "demo").Limit(5)
		if cursor != "" {
			call = call.Cursor(cursor)
		}
		page, answer, err := call.Execute()
		if err != nil {
			return err
		}
		for _, charger := range page {
			found[charger.Id] = charger
			listed++
		}
		cursor = ""
		if link := next.FindStringSubmatch(answer.Header.Get("Link")); link != nil {
			address, err := url.Parse(link[1])
			if err != nil {
				return err
			}
			cursor = address.Query().Get("cursor")
		}
	}
	if pages < 2 || len(found) != listed {
		return fmt.Errorf("%d chargers, %d of them different, on %d pages", listed, len(found), pages)
	}

	// Create, then edit what was read.
	created, _, err := ada.MyTenantsAPI.CreateTenant(ctx).
		TenantCreation(*tenantry.NewTenantCreation("Volt Valley", prefix)).IdempotencyKey(prefix).Execute()
	if err != nil {
		return err
	}
	tenant, answer, err := api.GetTenant(ctx, prefix).Execute()
	if err != nil {
		return err
	}
	if tenant.DeletedAt.Get() != nil {
		return errors.New("a new tenant is deleted")
	}
	change := tenantry.NewTenantChange()
	change.CustomDomain = tenant.CustomDomain
	change.SetName("Volt Valley Charging")
	etag := answer.Header.Get("ETag")
	edited, _, err := api.UpdateTenant(ctx, prefix).TenantChange(*change).IfMatch(etag).Execute()
	if err != nil {
		return err
	}
	if edited.Name != "Volt Valley Charging" || edited.Id != created.Id {
		return fmt.Errorf("edited is %v", edited)
	}

	// The same version once more.
	_, _, err = api.UpdateTenant(ctx, prefix).TenantChange(*change).IfMatch(etag).Execute()
	stale, err := problem(err)
	if err != nil {
		return err
	}
	if stale.Status != 412 || stale.Code != "precondition_failed" {
		return fmt.Errorf("stale is %v", stale)
	}
	blank := tenantry.NewTenantChange()
	blank.SetName(" ")
	_, _, err = api.UpdateTenant(ctx, prefix).TenantChange(*blank).Execute()
	invalid, err := problem(err)
	if err != nil {
		return err
	}
	if len(invalid.Errors) != 1 || invalid.Errors[0].Pointer != "/name" {
		return fmt.Errorf("invalid is %v", invalid)
	}

	// Both states of provisioning, and a body that may be left out.
	off, _, err := api.GetProvisionStatus(ctx, prefix).Execute()
	if err != nil {
		return err
	}
	profile, _, err := api.CreateProfile(ctx, prefix).
		ProfileCreation(*tenantry.NewProfileCreation("Depot", "wss://cpms.example.com/ocpp")).Execute()
	if err != nil {
		return err
	}
	if _, _, err = api.GetProfile(ctx, prefix, profile.Id).Execute(); err != nil {
		return err
	}
	on, _, err := api.StartProvisioning(ctx, prefix).Execute()
	if err != nil {
		return err
	}
	if off.Active || !on.Active || !on.ExpiresAt.After(*on.StartedAt) {
		return fmt.Errorf("provisioning is %v, then %v", off, on)
	}
	stats, _, err := api.GetTenantStats(ctx, prefix).Execute()
	if err != nil {
		return err
	}
	if stats.Subscription.Get() != nil {
		return errors.New("a new tenant has a subscription")
	}

	// A later version may answer more.
	more, err := json.Marshal(tenant)
	if err != nil {
		return err
	}
	var later tenantry.Tenant
	if err = json.Unmarshal(append([]byte(`{"colour":1,`), more[1:]...), &later); err != nil {
		return err
	}
	fmt.Printf("%d chargers on %d pages, one tenant edited, %s and %s read\n", listed, pages, stale.Code, invalid.Code)
	return nil
}

func signIn(service string, email string) (*tenantry.APIClient, error) {
	body, err := json.Marshal(map[string]string{"email": email})
	if err != nil {
		return nil, err
	}
	answer, err := http.Post(service+"/_local/token", "application/json", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	var token struct {
		AccessToken string `json:"access_token"`
	}
	if err = json.NewDecoder(answer.Body).Decode(&token); err != nil {
		return nil, err
	}
	configuration := tenantry.NewConfiguration()
	configuration.Servers = tenantry.ServerConfigurations{{URL: service}}
	configuration.AddDefaultHeader("Authorization", "Bearer "+token.AccessToken)
	return tenantry.NewAPIClient(configuration), nil
}

// What the service says of a call that has to fail.
func problem(err error) (tenantry.Problem, error) {
	var failed *tenantry.GenericOpenAPIError
	if errors.As(err, &failed) {
		if said, ok := failed.Model().(tenantry.Problem); ok {
			return said, nil
		}
	}
	return tenantry.Problem{}, fmt.Errorf("no problem: %w", err)
}
